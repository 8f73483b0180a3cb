{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}
select id, happened from ({{ new_rows() }})
