{{ config(materialized='external', location=silver_file('silver_transactions')) }}

select
    transaction_id,
    account_id,
    transaction_type,
    amount,
    channel,
    country,
    occurred_at,
    posted_on,
    is_late,
    is_reported_fraud
from {{ ref('bronze_transactions') }}
where reject_reason is null
