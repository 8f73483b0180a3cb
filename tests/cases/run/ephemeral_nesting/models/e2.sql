{{ config(materialized='ephemeral') }}
with base as (select * from {{ ref('e1') }})
select id + 10 as id from base
