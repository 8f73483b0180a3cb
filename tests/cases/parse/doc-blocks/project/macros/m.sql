{% macro m(x) %}{% endmacro %}
