{{ config(materialized='table', partition_by=[]) }}
{% if execute %}
{{ duckdb__get_partitioned_by(this, false) }}
{% endif %}
