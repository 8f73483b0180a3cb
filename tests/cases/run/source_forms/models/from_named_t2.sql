{{ config(materialized='table') }} select * from {{ source('named', 't2') }}
