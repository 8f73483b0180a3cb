{#
  Contracts: the columns and constraints of `create table`, and the check that a query gives the columns that the
  properties file promises. Both sides of the check are described by the engine, so that `int` and `integer` agree.
#}

{%- macro get_table_columns_and_constraints() -%}
  {{ adapter.dispatch('get_table_columns_and_constraints', 'dbt')() }}
{%- endmacro -%}

{% macro default__get_table_columns_and_constraints() -%}
  {%- do return(table_columns_and_constraints()) -%}
{%- endmacro %}

{% macro table_columns_and_constraints() %}
  {%- set of_columns = adapter.render_raw_columns_constraints(raw_columns=model['columns']) -%}
  {%- set of_table = adapter.render_raw_model_constraints(raw_constraints=model['constraints']) %}
    (
      {{ (of_columns + of_table) | join(',\n      ') }}
    )
{% endmacro %}


{%- macro get_assert_columns_equivalent(sql) -%}
  {{ adapter.dispatch('get_assert_columns_equivalent', 'dbt')(sql) }}
{%- endmacro -%}

{% macro default__get_assert_columns_equivalent(sql) -%}
  {%- do return(assert_columns_equivalent(sql)) -%}
{%- endmacro %}

{% macro assert_columns_equivalent(sql) %}
  {%- set promised = model['columns'] -%}
  {%- if not promised -%}
    {%- do exceptions.raise_contract_error([], []) -%}
  {%- endif -%}

  {%- set of_query = get_column_schema_from_query(sql, config.get('sql_header', none)) -%}
  {%- set of_yaml = get_column_schema_from_query(get_empty_schema_sql(promised)) -%}
  {%- set in_query, in_yaml = format_columns(of_query), format_columns(of_yaml) -%}
  {%- if in_query | length != in_yaml | length -%}
    {%- do exceptions.raise_contract_error(in_yaml, in_query) -%}
  {%- endif -%}

  {%- for column in in_query -%}
    {%- set match = in_yaml | selectattr('name', 'equalto', column['name']) | list -%}
    {%- if not match or match[0]['formatted'] != column['formatted'] -%}
      {%- do exceptions.raise_contract_error(in_yaml, in_query) -%}
    {%- endif -%}
  {%- endfor -%}
{% endmacro %}

{% macro format_columns(columns) %}
  {%- set describe = adapter.dispatch('format_column', 'dbt') -%}
  {%- set described = [] -%}
  {%- for column in columns -%}
    {%- do described.append(describe(column)) -%}
  {%- endfor -%}
  {%- do return(described) -%}
{% endmacro %}

{% macro default__format_column(column) -%}
  {%- do return({'name': column.name, 'data_type': column.dtype, 'formatted': column.column.lower() ~ ' ' ~ column.dtype}) -%}
{%- endmacro %}
