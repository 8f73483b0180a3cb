{{ config(materialized='table') }}
select * from (values (1),(1),(2)) t(id)
