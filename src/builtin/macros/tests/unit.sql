{#
  Unit tests: the model's query over rows that the test gives, against the rows that it expects. Types come from the
  real relations, so a fixture may leave out columns and write everything as text.
#}

{% materialization unit, default %}
  {%- set header = config.get('sql_header') if flags.REQUIRE_SQL_HEADER_IN_TEST_CONFIGS else none -%}
  {%- set expected_rows = config.get('expected_rows') -%}
  {%- set expected_sql = config.get('expected_sql') -%}
  {%- set tested = expected_rows[0].keys() if expected_rows | length > 0 else get_columns_in_query(sql) -%}

  {# The types of the model's own columns, read off an empty table of them. #}
  {%- set temp_relation = make_temp_relation(this.incorporate(type='table')) -%}
  {%- do run_query(get_create_table_as_sql(True, temp_relation, get_empty_subquery_sql(sql))) -%}
  {%- set types = {} -%}
  {%- set quoted = {} -%}
  {%- for column in adapter.get_columns_in_relation(temp_relation) -%}
    {%- do types.update({column.name | lower: column.data_type}) -%}
    {%- do quoted.update({column.name | lower: column.quoted}) -%}
  {%- endfor -%}

  {%- set names = [] -%}
  {%- for name in tested -%}
    {%- do names.append(quoted[name | lower]) -%}
  {%- endfor -%}
  {%- if not expected_sql -%}
    {%- set expected_sql = get_expected_sql(expected_rows, types, quoted) -%}
  {%- endif -%}
  {%- set both_sides = get_unit_test_sql(sql, expected_sql, names) -%}

  {%- call statement('main', fetch_result=True) -%}
    {{ header if header }}
    {{ both_sides }}
  {%- endcall -%}

  {%- do adapter.drop_relation(temp_relation) -%}

  {%- do return({'relations': []}) -%}
{% endmaterialization %}


{# `select` of the given rows, every column of the relation present, those not given null. #}
{% macro get_fixture_sql(rows, column_name_to_data_types) %}
{{ '-- Fixture for ' ~ model.name }}
{% set types = column_name_to_data_types -%}
  {%- set quoted = {} -%}
  {%- if not types -%}
    {%- set types = {} -%}
    {%- set described = defer_relation if (defer_relation and not load_relation(this)) else this -%}
    {%- for column in adapter.get_columns_in_relation(described) -%}
      {%- do types.update({column.name | lower: column.data_type}) -%}
      {%- do quoted.update({column.name | lower: column.quoted}) -%}
    {%- endfor -%}
  {%- endif -%}
  {%- if not types -%}
    {%- do exceptions.raise_compiler_error("Not able to get columns for unit test '" ~ model.name ~ "' from relation " ~ this ~ " because the relation doesn't exist") -%}
  {%- endif -%}

  {%- set nulls = {} -%}
  {%- for name, type in types.items() -%}
    {%- do nulls.update({name: safe_cast('null', type) | trim}) -%}
  {%- endfor -%}

  {%- do validate_fixture_rows(rows, row_number) -%}

  {%- for row in rows -%}
    {%- set full_row = nulls.copy() -%}
    {%- do full_row.update(format_row(row, types)) -%}
    {{ default__unit_test_select(full_row, quoted) }}
    {%- if not loop.last %}
union all
{% endif -%}
  {%- else -%}
    {{ default__unit_test_select(nulls, quoted) }}
limit 0
  {%- endfor -%}
{% endmacro %}


{% macro get_expected_sql(rows, column_name_to_data_types, column_name_to_quoted) %}
  {%- for row in rows -%}
    {{ default__unit_test_select(format_row(row, column_name_to_data_types), column_name_to_quoted) }}
    {%- if not loop.last %}
union all
{% endif -%}
  {%- else -%}
select * from dbt_internal_unit_test_actual
limit 0
  {%- endfor -%}
{% endmacro %}


{# Our own: one row of literals. #}
{% macro default__unit_test_select(row, quoted) -%}
select {% for name, value in row.items() -%}
  {{ value | trim }} as {{ quoted[name] }}{{ ', ' if not loop.last }}
  {%- endfor -%}
{%- endmacro %}


{# A row as SQL literals cast to the columns' types. A type's length is dropped for text: a cast would cut it silently. #}
{%- macro format_row(row, column_name_to_data_types) -%}
  {%- set formatted = {} -%}
  {%- for given_name, value in row.items() -%}
    {%- set name = given_name | lower -%}
    {%- if name not in column_name_to_data_types -%}
      {%- set owner = 'expected output' if model.resource_type == 'unit_test' else "'" ~ model.name ~ "'" -%}
      {%- do exceptions.raise_compiler_error("Invalid column name: '" ~ name ~ "' in unit test fixture for " ~ owner
          ~ ".\nAccepted columns for " ~ owner ~ ' are: ' ~ column_name_to_data_types.keys() | list) -%}
    {%- endif -%}
    {%- set type = column_name_to_data_types[name] -%}
    {%- if value is string -%}
      {%- set type = type.split('(')[0] if 'varying' in type else type -%}
      {%- set literal = dbt.string_literal(dbt.escape_single_quotes(value)) -%}
    {%- else -%}
      {%- set literal = 'null' if value is none else value -%}
    {%- endif -%}
    {%- do formatted.update({name: safe_cast(literal, type)}) -%}
  {%- endfor -%}
  {%- do return(formatted) -%}
{%- endmacro -%}


{# For engines that must check fixtures first. #}
{%- macro validate_fixture_rows(rows, row_number) -%}
  {%- do return(adapter.dispatch('validate_fixture_rows', 'dbt')(rows, row_number)) -%}
{%- endmacro -%}

{%- macro default__validate_fixture_rows(rows, row_number) -%}
{%- endmacro -%}
