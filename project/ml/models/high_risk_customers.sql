{#- The alert: customers with an open loan that is likely to default. -#}
{{ config(meta={'alert_file': 'high_risk_customers.csv', 'alert_order': 'customer_id'}) }}

with open_loans as (

    select
        features.customer_id,
        features.loan_id,
        features.amount,
        probabilities.default_probability
    from {{ ref('tsdbt_flagship', 'loan_default_features') }} as features
    inner join {{ ref('loan_default_probability') }} as probabilities on features.loan_id = probabilities.loan_id
    where features.status = 'current' and features.split = 'open'

)

select
    customer_id,
    count(*) as risky_loans,
    {{ money('sum(amount)') }} as risky_amount,
    max(default_probability) as highest_probability
from open_loans
where default_probability >= {{ var('alert_probability') }}
group by customer_id
