{# The configuration of a model that is of one kind in the first run, and of another one afterwards. #}
{% macro settings(first, second) %}
  {% do return({
    'view': {'materialized': 'view'},
    'table': {'materialized': 'table'},
    'incremental': {'materialized': 'incremental', 'unique_key': 'id'},
    'external': {'materialized': 'external', 'location': 'out/' ~ model.name ~ '.parquet'},
    'function': {'materialized': 'table_function'},
    'ephemeral': {'materialized': 'ephemeral'},
    'own': {'materialized': 'own'}
  }[second if var('round') else first]) %}
{% endmacro %}

{% materialization own, adapter='duckdb' %}
  {% call statement('main') %}create or replace table {{ this }} as {{ sql }}{% endcall %}
  {% do return({'relations': [this.incorporate(type='table')]}) %}
{% endmaterialization %}
