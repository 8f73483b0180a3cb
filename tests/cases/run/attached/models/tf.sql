{{ config(materialized='table_function', parameters='x') }}
select x as x
