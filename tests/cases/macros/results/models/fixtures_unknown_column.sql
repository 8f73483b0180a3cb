{{ config(materialized='table') }}
{% if execute %}
{{ format_row({'nope': 1}, {'id': 'integer'}) }}
{% endif %}
