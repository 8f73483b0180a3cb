{{ config(materialized='table') }}
select {{ dbt.any_value('id') }} as a from {{ ref('plain') }}
