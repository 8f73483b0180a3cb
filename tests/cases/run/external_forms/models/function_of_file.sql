{{ config(materialized='view') }}
select * from {{ ref('zst') }}
