{% macro inner() %}{{ return('inner') }}{% endmacro %}
