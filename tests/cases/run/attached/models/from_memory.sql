{{ config(database='db', materialized='table') }}
select * from {{ ref('in_memory') }}
