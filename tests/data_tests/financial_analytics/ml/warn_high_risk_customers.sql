{{ config(severity='warn') }}

select *
from {{ ref('high_risk_customers') }}
