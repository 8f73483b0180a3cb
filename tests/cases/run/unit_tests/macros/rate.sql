{% macro rate() %}2{% endmacro %}
{% macro doubled(column) %}{{ column }} * {{ rate() }}{% endmacro %}
