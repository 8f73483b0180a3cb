{{ config(materialized='table') }} select * from {{ source('bare', 't1') }}
