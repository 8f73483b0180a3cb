{{ config(materialized='incremental', incremental_strategy='merge', unique_key='id') }}
{{ rows() }} {% if is_incremental() %} union all select id, val || '2', ts from landing.events where ts = 2{% endif %}
