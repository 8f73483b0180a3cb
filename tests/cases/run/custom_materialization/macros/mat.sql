{% materialization two_tables, default %}
  {%- set second = this.incorporate(path={'identifier': this.identifier ~ '_second'}, type='table') -%}
  {% call statement('other') %}create or replace table {{ second }} as select 'second' as t{% endcall %}
  {% call statement('main') %}create or replace table {{ this }} as {{ sql }}{% endcall %}
  {% do adapter.commit() %}
  {% do return({'relations': [this.incorporate(type='table'), second]}) %}
{% endmaterialization %}
{% materialization no_relations, default %}{% call statement('main') %}select 1{% endcall %}{% endmaterialization %}
{% materialization no_main, default %}{% do return({'relations': []}) %}{% endmaterialization %}
{% materialization wrong_key, default %}{% call statement('main') %}select 1{% endcall %}{% do return({'rels': []}) %}{% endmaterialization %}
{% materialization view, default %}{% call statement('main') %}create or replace view {{ this }} as (select *, 1 as added from ({{ sql }})){% endcall %}{% do adapter.commit() %}{% do return({'relations': [this.incorporate(type='view')]}) %}{% endmaterialization %}
