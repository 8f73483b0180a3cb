{{ config(materialized='table') }} select * from {{ source('absent', 't6') }}
