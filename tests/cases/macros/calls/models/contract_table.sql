{{ config(materialized='table') }}
select id, name from {{ ref('an_ephemeral') }}
