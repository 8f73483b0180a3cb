{{ config(materialized='view') }}
select id, name from {{ ref('raw') }} where id < 3
