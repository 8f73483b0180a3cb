{{ config(materialized='table') }} select * from {{ source('quoted_names', 'odd') }}
