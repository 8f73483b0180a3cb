{% materialization odd, adapter='duckdb', supported_languages=['python'] %}
{{ return({'relations': []}) }}
{% endmaterialization %}
