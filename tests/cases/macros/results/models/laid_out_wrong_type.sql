{{ config(materialized='table', sort_by=[1]) }}
{% if execute %}
{{ duckdb__get_sorted_by(this, false) }}
{% endif %}
