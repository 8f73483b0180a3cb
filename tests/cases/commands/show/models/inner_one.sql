{{ config(materialized='ephemeral') }}
select 7 as seven