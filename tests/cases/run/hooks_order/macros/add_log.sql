{% macro add_log(text) %}insert into main.log values (nextval('main.seq'), '{{ text }}'){% endmacro %}
{% macro finished(results) %}{% for r in results %}insert into main.log values (nextval('main.seq'), '{{ r.node.unique_id }} {{ r.status }}');{% endfor %}{% endmacro %}
