{{ config(materialized='wrong_key') }}
select 1 as id
