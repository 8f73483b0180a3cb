{{ config(materialized='incremental', post_hook="insert into {{ target.schema }}.log values ('post of {{ this }}')") }}
select id, '{{ target.name }}' as made_by from {{ ref('eph') }}
