{{ config(materialized='table') }}
{{ config(tags=['x']) }}


select * from {{ ref('e2') }}
