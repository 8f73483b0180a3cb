{{ config(materialized='table', tags=['nightly'], meta={'owner': 'fin', 'tier': {'level': 1}}) }} select s.id from {{ ref('stg') }} s join {{ ref('stg_two') }} t using (id)
