with checked as (

    select
        accounts.*,
        case
            when accounts.account_id is null then 'missing_key'
            when accounts.opened_on > extract.as_of_date then 'dated_after_extract'
            when accounts.balance < 0 and {{ normalise_code('accounts.account_type') }} <> 'credit' then 'negative_amount'
            when customers.customer_id is null then 'unknown_customer'
        end as problem
    from {{ source('bank', 'accounts') }} as accounts
    cross join {{ ref('bank_extract') }} as extract
    left join {{ ref('silver_customers') }} as customers on accounts.customer_id = customers.customer_id

),

ranked as (

    select
        checked.*,
        {{ version_rank('account_id', 'updated_at') }} as version_rank
    from checked

)

select
    account_id,
    customer_id,
    {{ known_code('account_type', ['checking', 'savings', 'credit']) }} as account_type,
    {{ known_code('status', ['active', 'closed']) }} as status,
    balance,
    opened_on,
    updated_at,
    source_file,
    source_row,
    {{ reject_reason() }} as reject_reason
from ranked
