{% macro whose() %}'pkg'{% endmacro %}
{% macro default__greet() %}'hello'{% endmacro %}
{% macro duckdb__greet() %}'quack'{% endmacro %}
