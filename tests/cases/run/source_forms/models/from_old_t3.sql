{{ config(materialized='table') }} select * from {{ source('old', 't3') }}
