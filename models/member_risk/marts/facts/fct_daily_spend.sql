{{
    config(
        materialized='incremental',
        incremental_strategy='delete+insert',
        unique_key='activity_date',
        on_schema_change='fail'
    )
}}

with transactions as (

    select * from {{ ref('fct_transactions') }}

),

-- A day is made again as a whole as soon as one of its rows is new.
touched_days as (

    select distinct transaction_date
    from transactions
    where {{ available_since_last_run(['available_on'], 'last_available_on') }}

)

select
    transactions.transaction_date as activity_date,
    transactions.category_code,
    cast(count(*) as bigint) as transactions,
    cast(count(distinct transactions.member_id) as bigint) as members,
    {{ money('sum(transactions.spend_usd)') }} as spend_usd,
    {{ money('sum(transactions.refund_usd)') }} as refund_usd,
    {{ count_if('transactions.is_declined') }} as declined,
    {{ count_if('transactions.is_fraud_flagged') }} as fraud_flagged,
    max(transactions.available_on) as last_available_on
from transactions
inner join touched_days on transactions.transaction_date = touched_days.transaction_date
group by transactions.transaction_date, transactions.category_code
