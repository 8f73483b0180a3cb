{{ config(materialized='external', location='out/ext.parquet') }}
select 1 as id, 'x' as v
