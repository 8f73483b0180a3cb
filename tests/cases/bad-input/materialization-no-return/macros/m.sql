{% materialization silent, adapter='duckdb' %}
{% call statement('main') %}create or replace table {{ this }} as ({{ sql }}){% endcall %}
{% endmaterialization %}
