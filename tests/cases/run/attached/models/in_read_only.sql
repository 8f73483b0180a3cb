{{ config(database='kept', materialized='table') }}
select 1 as id
