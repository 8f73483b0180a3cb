{{ config(materialized='table') }}
select 1 as id, 10.5::decimal(10, 2) as amount, 'de' as country, date '2024-01-01' as day, [1, 2] as list, true as ok
