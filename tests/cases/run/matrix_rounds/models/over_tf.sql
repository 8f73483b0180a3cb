{{ config(materialized='table') }}
select * from {{ ref('tf') }}(2)
