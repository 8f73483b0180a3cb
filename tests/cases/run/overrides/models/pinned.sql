{{ config(materialized='pinned') }}
select 1
