{{ config(materialized='table') }}
select 6 as id
