{{ config(materialized='table') }}
-- {{ ref('m') }}
select a.id from {{ source('raw', 'orders') }} as a join {{ source('raw', 'orders') }} as b using (id) join {{ ref('m') }} on true
