{{ config(materialized='view') }}

select
    transaction_date as activity_date,
    cast(count(*) as bigint) as transactions,
    {{ money('sum(spend_usd)') }} as spend_usd
from {{ ref('fct_transactions') }}
group by transaction_date
