{{ config(materialized='table', sql_header='selekt 1;') }}
select 1 as id
