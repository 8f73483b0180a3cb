{{ config(materialized='table') }} select 1 as id, 'a' as name, cast(1 as decimal(10, 2)) as amount
