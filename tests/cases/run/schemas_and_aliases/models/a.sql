{{ config(schema='one', materialized='table') }}
select 1 as id
