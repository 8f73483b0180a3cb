{{ config(materialized='external', location=silver_file('silver_customers')) }}

select
    customer_id,
    first_name,
    last_name,
    email,
    phone,
    national_id,
    date_of_birth,
    city,
    state,
    annual_income,
    employment_status,
    credit_score,
    joined_on,
    updated_at
from {{ ref('bronze_customers') }}
where reject_reason is null
