{{ config(materialized='ephemeral') }}
select currency, rate from {{ ref('rates') }}
