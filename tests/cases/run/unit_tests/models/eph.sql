{{ config(materialized='ephemeral') }}
select id, amount from {{ ref('stg') }} where id > 0
