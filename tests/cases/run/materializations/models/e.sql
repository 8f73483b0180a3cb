{{ config(materialized='ephemeral') }}
select id * 2 as id2 from {{ ref('t') }}
