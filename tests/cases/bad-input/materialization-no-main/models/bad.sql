{{ config(materialized='empty') }}
select 1 as id
