{{ config(materialized='table') }} select * from {{ source('template', 'people') }}
