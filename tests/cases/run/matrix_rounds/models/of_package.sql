{{ config(materialized='counted', round=var('round', 1)) }}
select id from {{ source('raw', 'events') }}
