{{ config(materialized='incremental', incremental_strategy='mine') }}
select id, name from {{ ref('a_table') }}
