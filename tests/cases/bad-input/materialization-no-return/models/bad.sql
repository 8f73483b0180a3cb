{{ config(materialized='silent') }}
select 1 as id
