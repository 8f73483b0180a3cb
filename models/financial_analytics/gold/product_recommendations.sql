{#- What to offer a customer, at most three products, the most fitting first. Who has defaulted is offered advice and no credit. -#}
with summaries as (

    select * from {{ ref('customer_loan_summary') }}

),

accounts as (

    select
        customer_id,
        max(case when account_type = 'savings' and status = 'active' then 1 else 0 end) as has_savings,
        max(case when account_type = 'credit' and status = 'active' then 1 else 0 end) as has_credit,
        sum(case when account_type = 'checking' and status = 'active' then balance else 0 end) as checking_balance
    from {{ ref('silver_accounts') }}
    group by customer_id

),

loans as (

    select
        customer_id,
        max(case when loan_type = 'mortgage' then 1 else 0 end) as has_mortgage,
        max(case when status = 'current' then interest_rate end) as highest_open_rate
    from {{ ref('silver_loans') }}
    group by customer_id

),

known as (

    select
        summaries.customer_id,
        summaries.annual_income,
        summaries.credit_score,
        summaries.defaulted_loans,
        coalesce(accounts.has_savings, 0) as has_savings,
        coalesce(accounts.has_credit, 0) as has_credit,
        coalesce(accounts.checking_balance, 0) as checking_balance,
        coalesce(loans.has_mortgage, 0) as has_mortgage,
        loans.highest_open_rate
    from summaries
    left join accounts on summaries.customer_id = accounts.customer_id
    left join loans on summaries.customer_id = loans.customer_id

),

fitting as (

    select
        customer_id,
        'debt_advice' as product
    from known
    where defaulted_loans > 0
    union all
    select
        customer_id,
        'refinancing' as product
    from known
    where defaulted_loans = 0 and credit_score >= 700 and highest_open_rate >= 10
    union all
    select
        customer_id,
        'mortgage' as product
    from known
    where defaulted_loans = 0 and has_mortgage = 0 and credit_score >= 720 and annual_income >= 70000
    union all
    select
        customer_id,
        'savings_account' as product
    from known
    where has_savings = 0 and checking_balance >= 5000
    union all
    select
        customer_id,
        'credit_card' as product
    from known
    where defaulted_loans = 0 and has_credit = 0 and credit_score >= 680

),

ranked as (

    select
        fitting.customer_id,
        fitting.product,
        products.reason,
        products.is_credit,
        row_number() over (partition by fitting.customer_id order by products.product_order) as recommendation_rank
    from fitting
    inner join {{ ref('bank_products') }} as products on fitting.product = products.product

)

select
    customer_id,
    cast(recommendation_rank as integer) as recommendation_rank,
    product,
    reason,
    is_credit
from ranked
where recommendation_rank <= 3
