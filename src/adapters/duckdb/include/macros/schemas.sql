{# Attached SQLite and MySQL databases have one schema each, which is always there. #}
{% macro duckdb__create_schema(relation) -%}
  {%- call statement('create_schema') -%}
    {%- set attached = run_query("select type from duckdb_databases() where " ~ tsdbt__duckdb_same('database_name', relation.database)) -%}
    {%- set engine = attached.columns[0].values()[0] if attached | length > 0 else 'duckdb' -%}
    {%- if engine not in ['sqlite', 'mysql'] -%}
      create schema if not exists {{ relation.without_identifier() }}
    {%- elif engine == 'sqlite' and relation.schema != 'main' -%}
      {%- do exceptions.raise_compiler_error("Schema must be 'main' when writing to sqlite instead got " ~ relation.schema) -%}
    {%- endif -%}
  {%- endcall -%}
{%- endmacro %}

{% macro duckdb__drop_schema(relation) -%}
  {%- call statement('drop_schema') -%}
    drop schema if exists {{ relation.without_identifier() }} cascade
  {%- endcall -%}
{%- endmacro %}

{% macro duckdb__list_schemas(database) -%}
  {%- set filter = '' if database is none else " where lower(catalog_name) = '" ~ database | lower ~ "'" -%}
  {%- do return(run_query('select schema_name from system.information_schema.schemata' ~ filter)) -%}
{%- endmacro %}

{% macro duckdb__check_schema_exists(information_schema, schema) -%}
  {%- set conditions = [tsdbt__duckdb_same('catalog_name', information_schema.database), tsdbt__duckdb_same('schema_name', schema)] -%}
  {%- do return(run_query('select count(*) from system.information_schema.schemata where ' ~ conditions | join(' and '))) -%}
{%- endmacro %}
