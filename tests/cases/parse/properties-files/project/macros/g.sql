{% macro g(x) %}{% endmacro %}
