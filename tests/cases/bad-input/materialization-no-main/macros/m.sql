{% materialization empty, adapter='duckdb' %}
{{ return({'relations': []}) }}
{% endmaterialization %}
