{{ config(
    materialized='table', tags=['daily', 'core'], pre_hook="select 1", post_hook=["select 2", {"sql": "select 3", "transaction": false}],
    meta={'owner': 'ann', 'level': 2}, unique_key=['id'], grants={'select': ['bob']}, alias='customers', custom_key=7, nothing=none
) }}
select 1 as id, 'Ann' as name, 10.50::decimal(10, 2) as amount, date '2026-01-02' as day, timestamp '2026-01-02 03:04:05' as at, true as ok, 1.5::double as ratio
union all
select 2, null, null, null, null, null, null
