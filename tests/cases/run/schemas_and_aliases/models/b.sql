{{ config(schema='two', alias='B side', materialized='table') }}
select * from {{ ref('a') }}
