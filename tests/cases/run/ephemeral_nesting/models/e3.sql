{{ config(materialized='ephemeral') }}
select a.id from {{ ref('e2') }} a join {{ ref('e1') }} b on a.id = b.id + 10
