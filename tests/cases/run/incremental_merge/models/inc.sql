{{ config(materialized='incremental', incremental_strategy='merge', unique_key='id') }}
select * from {{ source('raw', 'events') }}
{% if is_incremental() %}
where ts > (select coalesce(max(ts), 0) from {{ this }}) - 1
{% endif %}
