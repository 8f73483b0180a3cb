{#- Recency, frequency, monetary: 5 is best. Customers without an order have 1 in each. -#}
with metrics as (

    select * from {{ ref('stg_customer_metrics') }}

),

ranked as (

    select
        customer_id,
        ntile(5) over (order by days_since_last_order desc, customer_id asc) as recency_score,
        ntile(5) over (order by order_count, total_quantity, customer_id) as frequency_score,
        ntile(5) over (order by total_spent, customer_id) as monetary_score
    from metrics
    where order_count > 0 and days_since_last_order is not null

),

scored as (

    select
        metrics.customer_id,
        metrics.as_of_date,
        metrics.order_count,
        metrics.days_since_last_order as recency_days,
        metrics.total_spent,
        cast(coalesce(ranked.recency_score, 1) as integer) as recency_score,
        cast(coalesce(ranked.frequency_score, 1) as integer) as frequency_score,
        cast(coalesce(ranked.monetary_score, 1) as integer) as monetary_score
    from metrics
    left join ranked on metrics.customer_id = ranked.customer_id

)

select
    customer_id,
    as_of_date,
    recency_days,
    order_count,
    total_spent,
    recency_score,
    frequency_score,
    monetary_score,
    cast(recency_score + frequency_score + monetary_score as integer) as rfm_score,
    case
        when order_count = 0 then 'No Orders'
        when recency_score >= 4 and frequency_score >= 4 and monetary_score >= 4 then 'Champions'
        when recency_score <= 2 and (frequency_score >= 4 or monetary_score >= 4) then 'At Risk'
        when frequency_score >= 4 then 'Loyal'
        when recency_score >= 4 and order_count = 1 then 'Newcomers'
        when recency_score <= 2 then 'Hibernating'
        else 'Potential'
    end as rfm_segment
from scored
