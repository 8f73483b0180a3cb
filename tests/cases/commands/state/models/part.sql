{{ config(materialized='ephemeral') }}
select id, built_in from {{ ref('parent') }} where id = 1
