{% macro whose() %}'root'{% endmacro %}
{% macro default__greet() %}'root hello'{% endmacro %}
