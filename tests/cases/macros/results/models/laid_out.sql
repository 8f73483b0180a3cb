{{ config(materialized='table', partitioned_by=['a', 'b'], sorted_by='c') }}
{% if execute %}
{{ duckdb__get_partitioned_by(this, true) }} {{ duckdb__get_partitioned_by(this, false) }} {{ duckdb__get_sorted_by(this, true) }} {{ duckdb__get_sorted_by(this, false) }}
{% endif %}
