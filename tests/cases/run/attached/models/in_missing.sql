{{ config(database='nosuch', materialized='view') }}
select 1 as id
