{{ config(materialized='table') }} select * from {{ source('of_meta', 'people') }}
