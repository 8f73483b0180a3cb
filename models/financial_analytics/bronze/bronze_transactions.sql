with checked as (

    select
        transactions.*,
        case
            when transactions.transaction_id is null then 'missing_key'
            when cast(transactions.occurred_at as date) > extract.as_of_date then 'dated_after_extract'
            when transactions.amount <= 0 then 'negative_amount'
            when accounts.account_id is null then 'unknown_account'
        end as problem
    from {{ source('bank', 'transactions') }} as transactions
    cross join {{ ref('bank_extract') }} as extract
    left join {{ ref('silver_accounts') }} as accounts on transactions.account_id = accounts.account_id

),

ranked as (

    select
        checked.*,
        {{ version_rank('transaction_id', 'posted_on') }} as version_rank
    from checked

)

select
    transaction_id,
    account_id,
    {{ known_code('transaction_type', ['payment', 'withdrawal', 'deposit', 'transfer']) }} as transaction_type,
    amount,
    {{ known_code('channel', ['card', 'online', 'branch']) }} as channel,
    coalesce(country, 'unknown') as country,
    occurred_at,
    posted_on,
    {{ dbt.datediff('cast(occurred_at as date)', 'posted_on', 'day') }} > 3 as is_late,
    coalesce(is_reported_fraud, false) as is_reported_fraud,
    source_file,
    source_row,
    {{ reject_reason() }} as reject_reason
from ranked
