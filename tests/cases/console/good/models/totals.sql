{{ config(materialized='table', tags=['nightly']) }}
select count(*) as people, sum(amount) as amount from {{ ref('kept') }}
