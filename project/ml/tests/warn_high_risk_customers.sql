{{ config(severity='warn') }}

select
    customer_id,
    risky_loans,
    risky_amount,
    highest_probability
from {{ ref('high_risk_customers') }}
