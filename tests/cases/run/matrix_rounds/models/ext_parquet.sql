{{ config(materialized='external', location='out/ext.parquet') }}
select * from {{ source('raw', 'events') }}
