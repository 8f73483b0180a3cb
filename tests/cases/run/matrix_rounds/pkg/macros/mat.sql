{% materialization counted, adapter='duckdb' %}
  {%- set target = this.incorporate(type='table') -%}
  {%- set existing = load_cached_relation(this) -%}
  {%- set replace = existing is none or should_full_refresh() -%}
  {% do run_hooks(pre_hooks) %}
  {% call statement('main') %}
    {{ 'create or replace table ' ~ target ~ ' as' if replace else 'insert into ' ~ target ~ ' by name' }} select *, {{ config.get('round', 0) }} as of_round from ({{ sql }}
  ){% endcall %}
  {% do run_hooks(post_hooks) %}
  {% do adapter.commit() %}
  {{ return({'relations': [target]}) }}
{% endmaterialization %}
