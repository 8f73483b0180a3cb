{{ config(materialized='external', location='a_file.parquet') }}
select id, name from {{ ref('a_table') }}
