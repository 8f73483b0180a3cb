{{ config(materialized='incremental', unique_key='id') }}
select id, name from {{ ref('a_table') }} {% if is_incremental() %} where id > (select min(id) from {{ this }}) {% endif %}
