{{ config(materialized='external', location=silver_file('silver_loans')) }}

select
    loan_id,
    customer_id,
    loan_type,
    amount,
    interest_rate,
    term_months,
    issued_on,
    status,
    defaulted_on,
    updated_at
from {{ ref('bronze_loans') }}
where reject_reason is null
