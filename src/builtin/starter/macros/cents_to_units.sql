{% macro cents_to_units(column) %}
    cast({{ column }} as decimal(18, 2)) / 100
{% endmacro %}
