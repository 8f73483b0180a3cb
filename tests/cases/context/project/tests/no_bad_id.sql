{{ config(severity='warn', limit=5, store_failures=false) }}
select * from {{ ref('customers') }} where id < 0
