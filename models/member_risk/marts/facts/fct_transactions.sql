{{
    config(
        materialized='incremental',
        incremental_strategy='delete+insert',
        unique_key='transaction_id',
        on_schema_change='fail'
    )
}}

with transactions as (

    select *
    from {{ ref('core_transactions') }}
    where {{ available_since_last_run(['available_on']) }}

),

categories as (

    select * from {{ ref('transaction_categories') }}

),

classified as (

    select
        transactions.*,
        categories.risk_factor,
        transactions.amount_usd > 0 and transactions.transaction_status in ('posted', 'pending') as is_spend,
        transactions.amount_usd < 0 and transactions.transaction_status in ('posted', 'pending') as is_refund,
        cast(extract(hour from transactions.transaction_at) as integer) as hour_of_day,
        {{ iso_weekday('transaction_date') }} >= 6 as is_weekend
    from transactions
    left join categories on transactions.category_code = categories.category_code

)

select
    transaction_id,
    member_id,
    merchant_id,
    category_code,
    transaction_date,
    transaction_at,
    hour_of_day,
    payment_method,
    channel,
    currency_code,
    transaction_status,
    {{ money('amount') }} as amount,
    amount_usd,
    {{ money('case when is_spend then amount_usd else 0 end') }} as spend_usd,
    {{ money('case when is_refund then -amount_usd else 0 end') }} as refund_usd,
    {{ money('case when is_spend then round(amount_usd * risk_factor, 2) else 0 end') }} as risky_spend_usd,
    is_spend,
    is_refund,
    transaction_status = 'declined' as is_declined,
    amount_usd = 0 as is_zero_amount,
    hour_of_day < 5 as is_night,
    is_weekend,
    channel = 'online' as is_online,
    currency_code <> 'USD' as is_foreign,
    is_spend and amount_usd >= 1000 as is_large,
    is_fraud_flagged,
    fraud_reason,
    transaction_date < load_date as is_late,
    available_on
from classified
