{{ config(database='mem', materialized='table') }}
select count(*) as n from {{ ref('t') }}
