{{ config(materialized='incremental', full_refresh=true, store_failures=true) }}
{% if execute %}
{{ should_full_refresh() }} {{ should_store_failures() }} {{ is_incremental() }}
{% endif %}
