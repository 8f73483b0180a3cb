{% macro duckdb__list_relations_without_caching(schema_relation) %}
  {%- call statement('list_relations_without_caching', fetch_result=True) -%}
    select
      '{{ schema_relation.database }}' as database,
      table_name as name,
      table_schema as schema,
      case when table_type = 'VIEW' then 'view' when table_type in ('BASE TABLE', 'LOCAL TEMPORARY') then 'table' end as type
    from system.information_schema.tables
    where lower(table_catalog) = '{{ schema_relation.database | lower }}'
      and lower(table_schema) = '{{ schema_relation.schema | lower }}'
  {%- endcall -%}
  {%- do return(load_result('list_relations_without_caching').table) -%}
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
  {%- set name = base_relation.identifier ~ suffix ~ py_current_timestring() -%}
  {%- do return(base_relation.incorporate(path={'database': none, 'schema': none, 'identifier': name})) -%}
{% endmacro %}

{#
  Where an incremental model or a snapshot puts its new rows: {relation, temporary}. MotherDuck has no temporary tables
  on its side, so a table of a unique name in a schema for such things takes their place.
#}
{% macro duckdb__dispatch_temporary_relation(target_relation, batch_id='') %}
  {%- if not adapter.is_motherduck() -%}
    {%- do return({'relation': make_temp_relation(target_relation), 'temporary': true}) -%}
  {%- endif -%}
  {%- set relation = target_relation.incorporate(path=adapter.get_temp_relation_path(target_relation, batch_id)) -%}
  {%- do run_query(create_schema(relation)) -%}
  {%- if not adapter.disable_transactions() -%}
    {%- do adapter.commit() -%}
  {%- endif -%}
  {%- do return({'relation': relation, 'temporary': false}) -%}
{% endmacro %}
