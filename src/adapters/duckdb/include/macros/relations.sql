{% macro duckdb__list_relations_without_caching(schema_relation) %}
  {%- set types = {'VIEW': 'view', 'BASE TABLE': 'table', 'LOCAL TEMPORARY': 'table'} -%}
  {%- set query %}
    select '{{ schema_relation.database }}' as database, table_name as name, table_schema as schema,
      case table_type {% for theirs, ours in types.items() %}when '{{ theirs }}' then '{{ ours }}' {% endfor %}end as type
    from system.information_schema.tables
    where {{ tsdbt__duckdb_same('table_catalog', schema_relation.database) }}
      and {{ tsdbt__duckdb_same('table_schema', schema_relation.schema) }}
  {%- endset -%}
  {%- do return(tsdbt__fetch('list_relations_without_caching', query).table) -%}
{% endmacro %}

{# DuckLake has no `cascade`. #}
{% macro duckdb__drop_relation(relation) -%}
  {%- call statement('drop_relation', auto_begin=False) -%}
    drop {{ relation.type }} if exists {{ relation }}{{ ' cascade' if not adapter.is_ducklake(relation) }}
  {%- endcall -%}
{%- endmacro %}

{% macro duckdb__rename_relation(from_relation, to_relation) -%}
  {%- call statement('rename_relation') -%}
    alter {{ to_relation.type }} {{ from_relation }} rename to {{ adapter.quote_as_configured(to_relation.identifier, 'identifier') }}
  {%- endcall -%}
{%- endmacro %}

{# DuckDB's own temporary tables: they belong to the session and have no database or schema that we could name. #}
{% macro duckdb__make_temp_relation(base_relation, suffix) %}
  {%- set own_name = [base_relation.identifier, suffix, py_current_timestring()] | join -%}
  {%- do return(base_relation.incorporate(path=dict(database=none, schema=none, identifier=own_name))) -%}
{% endmacro %}

{#
  Where an incremental model or a snapshot puts its new rows: {relation, temporary}. MotherDuck has no temporary tables
  on its side, so a table of a unique name in a schema for such things takes their place.
#}
{% macro duckdb__dispatch_temporary_relation(target_relation, batch_id='') %}
  {%- set on_server = adapter.is_motherduck() -%}
  {%- do return({
      'temporary': not on_server,
      'relation': tsdbt__duckdb_server_relation(target_relation, batch_id) if on_server else make_temp_relation(target_relation)
  }) -%}
{% endmacro %}

{# Our own: MotherDuck's stand-in, its schema made and committed. #}
{% macro tsdbt__duckdb_server_relation(target_relation, batch_id) %}
  {%- set stand_in = target_relation.incorporate(path=adapter.get_temp_relation_path(target_relation, batch_id)) -%}
  {%- do run_query(create_schema(stand_in)) -%}
  {%- do adapter.commit() if not adapter.disable_transactions() -%}
  {%- do return(stand_in) -%}
{% endmacro %}

{% macro duckdb__tsdbt__begin() %}
  {%- do adapter.ensure_transaction() if not adapter.disable_transactions() -%}
{% endmacro %}
