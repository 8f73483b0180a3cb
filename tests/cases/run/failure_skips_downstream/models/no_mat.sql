{{ config(materialized='dictionary') }}
select 1
