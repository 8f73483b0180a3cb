{# One row a column, of all relations in some schemas or of some relations. #}

{% macro duckdb__get_catalog(information_schema, schemas) -%}
  {%- do return(run_query(tsdbt__duckdb_catalog_query(information_schema, duckdb__get_catalog_schemas_where_clause_sql(schemas)))) -%}
{%- endmacro %}

{% macro duckdb__get_catalog_relations(information_schema, relations) -%}
  {%- do return(run_query(tsdbt__duckdb_catalog_query(information_schema, duckdb__get_catalog_relations_where_clause_sql(relations)))) -%}
{%- endmacro %}

{# Our own: the query around one of the two conditions. #}
{% macro tsdbt__duckdb_catalog_query(information_schema, condition) %}
    with tables as (
      {{ duckdb__get_catalog_tables_sql(information_schema) }}
      {{ condition }}
    ),
    columns as (
      {{ duckdb__get_catalog_columns_sql(information_schema) }}
      {{ condition }}
    )
    {{ duckdb__get_catalog_results_sql() }}
{%- endmacro %}

{% macro duckdb__get_catalog_tables_sql(information_schema) -%}
    select * from (
    {%- for type, listed_by, name in [('BASE TABLE', 'duckdb_tables', 'table_name'), ('VIEW', 'duckdb_views', 'view_name')] %}
      {{ 'union all' if not loop.first }}
      select
        database_name as table_database, schema_name as table_schema, {{ name }} as table_name,
        '{{ type }}' as table_type, comment as table_comment
      from {{ listed_by }}()
      where {{ tsdbt__duckdb_same('database_name', information_schema.database) }}
    {%- endfor %}
    ) listed
{%- endmacro %}

{# Our own: a name in the catalog, whose case doesn't matter. #}
{% macro tsdbt__duckdb_same(column, name) -%}
  upper({{ column }}) = upper('{{ name }}')
{%- endmacro %}

{% macro duckdb__get_catalog_columns_sql(information_schema) -%}
  {%- set renamed = {
      'table_database': 'database_name', 'table_schema': 'schema_name', 'column_type': 'data_type', 'column_comment': 'comment'
  } -%}
    select * from (
      select {% for ours, theirs in renamed.items() %}{{ theirs }} as {{ ours }}, {% endfor %}table_name, column_name, column_index
      from duckdb_columns()
      where {{ tsdbt__duckdb_same('database_name', information_schema.database) }}
    ) listed
{%- endmacro %}

{% macro duckdb__get_catalog_results_sql() -%}
  {%- set parts = {'table': ['database', 'schema', 'name', 'type', 'comment'], 'column': ['name', 'index', 'type', 'comment']} -%}
    select
    {%- for kind, names in parts.items() -%}
      {%- for name in names %} {{ kind }}s.{{ kind }}_{{ name }}, {%- endfor -%}
    {%- endfor %} null as table_owner
    from tables
    join columns using (table_database, table_schema, table_name)
    order by tables.table_schema, tables.table_name, columns.column_index
{%- endmacro %}

{% macro duckdb__get_catalog_schemas_where_clause_sql(schemas) -%}
  {%- set wanted = [] -%}
  {%- for schema in schemas -%}
    {%- do wanted.append(tsdbt__duckdb_same('table_schema', schema)) -%}
  {%- endfor -%}
  where ({{ wanted | join(' or ') or '1 = 0' }})
{%- endmacro %}

{% macro duckdb__get_catalog_relations_where_clause_sql(relations) -%}
  {%- if relations | rejectattr('schema') | list -%}
    {%- do exceptions.raise_compiler_error('`get_catalog_relations` requires a list of relations, each with a schema') -%}
  {%- endif -%}
  {%- set wanted = [] -%}
  {%- for relation in relations -%}
    {%- set of_schema = tsdbt__duckdb_same('table_schema', relation.schema) -%}
    {%- set named = ' and ' ~ tsdbt__duckdb_same('table_name', relation.identifier) if relation.identifier else '' -%}
    {%- do wanted.append('(' ~ of_schema ~ named ~ ')') -%}
  {%- endfor -%}
  where ({{ wanted | join(' or ') or '1 = 0' }})
{%- endmacro %}
