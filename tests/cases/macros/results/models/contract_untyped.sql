{{ config(materialized='table') }}
{% if execute %}
{{ get_assert_columns_equivalent("select 1 as id") }}
{% endif %}
