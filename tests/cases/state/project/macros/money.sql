{% macro cents(column) %}round({{ scale(column) }}, 2){% endmacro %}
{% macro scale(column) %}{{ column }} / 100.00{% endmacro %}
{% macro untouched() %}1{% endmacro %}
{% macro added() %}2{% endmacro %}
