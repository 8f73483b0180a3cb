{{ config(materialized='table') }}
select *
from {{ source('raw', 'missing') }}
