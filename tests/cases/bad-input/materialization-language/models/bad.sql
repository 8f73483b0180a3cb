{{ config(materialized='odd') }}
select 1 as id
