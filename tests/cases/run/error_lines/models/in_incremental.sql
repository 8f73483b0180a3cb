{{ config(materialized='incremental') }}
select *
from {{ source('raw', 'missing') }}
