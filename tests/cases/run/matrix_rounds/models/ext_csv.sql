{{ config(materialized='external', format='csv', delimiter='|') }}
select * from {{ source('raw', 'events') }}
