{{ config(materialized='incremental', full_refresh=false) }}
{% if execute %}
{{ should_full_refresh() }} {{ should_store_failures() }} {{ is_incremental() }}
{% endif %}
