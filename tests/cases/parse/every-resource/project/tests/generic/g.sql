{% test dbt_utils_like(model, x) %}{{ config(error_if='>5') }} select * from {{ model }} where {{ x }} > 4{% endtest %}
