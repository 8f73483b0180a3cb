{% macro finish() %}insert into audit values ('end'){% endmacro %}
