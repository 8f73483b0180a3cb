{% macro note(x) %}insert into main.notes values ('{{ x }}'){% endmacro %}
