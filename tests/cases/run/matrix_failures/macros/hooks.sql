{# A hook that leaves a line, and breaks where the command line says so. #}
{% macro note(model, place, of) %}
  insert into main.log values ('{{ model }}', '{{ of }}' {{ ' || nosuch(1)' if var('fails') and place == of }})
{% endmacro %}

{% macro settings(kind) %}
  {% do return({
    'view': {'materialized': 'view'},
    'table': {'materialized': 'table'},
    'insert': {'materialized': 'incremental', 'unique_key': 'id'},
    'merge': {'materialized': 'incremental', 'incremental_strategy': 'merge', 'unique_key': ['id']},
    'external': {'materialized': 'external', 'format': 'csv', 'location': 'out/' ~ model.name ~ '.csv'},
    'function': {'materialized': 'table_function', 'parameters': ['least_id']},
    'own': {'materialized': 'own'}
  }[kind]) %}
{% endmacro %}

{% macro rows(kind, place) %}
  {# A view fails when it is made, where a name is wrong; a table also on its way through the rows. #}
  {%- set late = place == 'sql' and kind not in ['view', 'function'] -%}
  select id, {{ 'cast(val as integer)' if late else 'cast(nosuch as integer)' if var('fails') and place == 'sql' else 'val' }} as val
  from landing.events
  {% if is_incremental() %} where id >= (select max(id) from {{ this }}) {% endif %}
{% endmacro %}

{% materialization own, default %}
  {% do run_hooks(pre_hooks, inside_transaction=False) %}
  {% do run_hooks(pre_hooks, inside_transaction=True) %}
  {% call statement('main') %}create or replace table {{ this }} as {{ sql }}{% endcall %}
  {% do run_hooks(post_hooks, inside_transaction=True) %}
  {% do adapter.commit() %}
  {% do run_hooks(post_hooks, inside_transaction=False) %}
  {% do return({'relations': [this.incorporate(type='table')]}) %}
{% endmaterialization %}
