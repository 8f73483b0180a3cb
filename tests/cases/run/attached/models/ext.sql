{{ config(materialized='external', location='ext.csv') }}
select 1 as id
