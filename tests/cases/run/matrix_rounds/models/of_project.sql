{{ config(materialized='twice') }}
select * from {{ source('raw', 'events') }}
