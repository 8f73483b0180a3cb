{{ config(materialized='external', location=silver_file('silver_accounts')) }}

select
    account_id,
    customer_id,
    account_type,
    status,
    balance,
    opened_on,
    updated_at
from {{ ref('bronze_accounts') }}
where reject_reason is null
