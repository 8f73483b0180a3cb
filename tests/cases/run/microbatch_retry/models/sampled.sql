{{ config(materialized='table') }}
select id, ordered_at from {{ ref('orders') }}
