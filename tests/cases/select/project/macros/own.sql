{% macro own_macro() %}1{% endmacro %}
