{{ config(materialized='view', sql_header='selekt 1;') }}
select 1 as id
