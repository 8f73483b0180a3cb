{{ config(materialized='table') }}
{% if execute %}
{{ get_fixture_sql([{'id': 1}], none) }}
{% endif %}
