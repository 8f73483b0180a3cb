{# One row a column, of all relations in some schemas or of some relations. #}

{% macro duckdb__get_catalog(information_schema, schemas) -%}
  {%- do return(run_query(duckdb__catalog_query(information_schema, duckdb__get_catalog_schemas_where_clause_sql(schemas)))) -%}
{%- endmacro %}

{% macro duckdb__get_catalog_relations(information_schema, relations) -%}
  {%- do return(run_query(duckdb__catalog_query(information_schema, duckdb__get_catalog_relations_where_clause_sql(relations)))) -%}
{%- endmacro %}

{# Our own: the query around one of the two conditions. #}
{% macro duckdb__catalog_query(information_schema, condition) %}
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
      select database_name as table_database, schema_name as table_schema, table_name, 'BASE TABLE' as table_type, comment as table_comment
      from duckdb_tables()
      where upper(database_name) = upper('{{ information_schema.database }}')
      union all
      select database_name, schema_name, view_name, 'VIEW', comment
      from duckdb_views()
      where upper(database_name) = upper('{{ information_schema.database }}')
    ) catalog_tables
{%- endmacro %}

{% macro duckdb__get_catalog_columns_sql(information_schema) -%}
    select * from (
      select
        database_name as table_database, schema_name as table_schema, table_name,
        column_name, column_index, data_type as column_type, comment as column_comment
      from duckdb_columns()
      where upper(database_name) = upper('{{ information_schema.database }}')
    ) catalog_columns
{%- endmacro %}

{% macro duckdb__get_catalog_results_sql() -%}
    select
      tables.table_database, tables.table_schema, tables.table_name, tables.table_type, tables.table_comment,
      columns.column_name, columns.column_index, columns.column_type, columns.column_comment,
      null as table_owner
    from tables
    join columns using (table_database, table_schema, table_name)
    order by tables.table_schema, tables.table_name, columns.column_index
{%- endmacro %}

{% macro duckdb__get_catalog_schemas_where_clause_sql(schemas) -%}
    where {% for schema in schemas -%}
      {{ '(' if loop.first else ' or ' }}upper(table_schema) = upper('{{ schema }}'){{ ')' if loop.last }}
    {%- else -%}
      1 = 0
    {%- endfor %}
{%- endmacro %}

{% macro duckdb__get_catalog_relations_where_clause_sql(relations) -%}
    where {% for relation in relations -%}
      {%- if not relation.schema -%}
        {%- do exceptions.raise_compiler_error('`get_catalog_relations` requires a list of relations, each with a schema') -%}
      {%- endif -%}
      {{ '(' if loop.first else ' or ' }}(upper(table_schema) = upper('{{ relation.schema }}')
      {%- if relation.identifier %} and upper(table_name) = upper('{{ relation.identifier }}'){% endif %}){{ ')' if loop.last }}
    {%- else -%}
      1 = 0
    {%- endfor %}
{%- endmacro %}
