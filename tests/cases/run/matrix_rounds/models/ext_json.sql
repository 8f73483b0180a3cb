{{ config(materialized='external', location='out/ext.json') }}
select * from {{ source('raw', 'events') }}
