{% materialization mine, default %}{{ one() }}{{ return({'relations': []}) }}{% endmaterialization %}
{% materialization mine, adapter='duckdb', supported_languages=['sql', 'python'] %}x{% endmaterialization %}
{%- macro spaced (  ) -%} x {%- endmacro -%}
{% test t(model) %}select 1{% endtest %}