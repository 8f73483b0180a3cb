{{ config(limit=3) }} select * from {{ ref('a') }} where id is null
