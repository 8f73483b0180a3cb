{{ config(database='db', materialized='table') }}
select * from {{ ref('inc') }} join {{ ref('di') }} using (n)
