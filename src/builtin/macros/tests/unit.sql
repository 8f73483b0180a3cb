{#
  Unit tests: the model's query over rows that the test gives, against the rows that it expects. Types come from the
  real relations, so a fixture may leave out columns and write everything as text.
#}

{% materialization unit, default %}
  {# The types of the model's own columns, read off an empty table of them. #}
  {%- set scratch = make_temp_relation(this.incorporate(type='table')) -%}
  {%- do run_query(get_create_table_as_sql(True, scratch, get_empty_subquery_sql(sql))) -%}
  {%- set types, quoted = tsdbt__types_and_names(adapter.get_columns_in_relation(scratch)) -%}

  {%- set rows = config.get('expected_rows') -%}
  {%- set compared = [] -%}
  {%- for name in (rows[0] if rows | length > 0 else get_columns_in_query(sql)) -%}
    {%- do compared.append(quoted[name | lower]) -%}
  {%- endfor -%}
  {%- set expected = config.get('expected_sql') or get_expected_sql(rows, types, quoted) -%}
  {%- set both_sides = get_unit_test_sql(sql, expected, compared) -%}

  {%- call statement('main', fetch_result=True) -%}
    {{ tsdbt__sql_header() if flags.REQUIRE_SQL_HEADER_IN_TEST_CONFIGS }}
    {{ both_sides }}
  {%- endcall -%}

  {%- do adapter.drop_relation(scratch) -%}
  {%- do return({'relations': []}) -%}
{% endmaterialization %}


{# Our own: two dictionaries by column, keys in lower case: its type, its name in quotes. #}
{% macro tsdbt__types_and_names(columns) %}
  {%- set types = {} -%}
  {%- set quoted = {} -%}
  {%- for column in columns -%}
    {%- do types.update({column.name | lower: column.data_type}) -%}
    {%- do quoted.update({column.name | lower: column.quoted}) -%}
  {%- endfor -%}
  {%- do return([types, quoted]) -%}
{% endmacro %}


{# `select` of the given rows, every column of the relation present, those not given null. #}
{% macro get_fixture_sql(rows, column_name_to_data_types) %}
{{ '-- Fixture for ' ~ model.name }}
{% set types, quoted = column_name_to_data_types, {} -%}
  {%- if not types -%}
    {%- set relation = defer_relation if (defer_relation and not load_relation(this)) else this -%}
    {%- set types, quoted = tsdbt__types_and_names(adapter.get_columns_in_relation(relation)) -%}
  {%- endif -%}
  {%- if not types and tsdbt__unbuilt_columns is defined -%}
    {%- set types, quoted = tsdbt__types_and_names(tsdbt__unbuilt_columns()) -%}
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
    {{ tsdbt__unit_test_select(full_row, quoted) }}
    {%- if not loop.last %}
union all
{% endif -%}
  {%- else -%}
    {{ tsdbt__unit_test_select(nulls, quoted) }}
limit 0
  {%- endfor -%}
{% endmacro %}


{% macro get_expected_sql(rows, column_name_to_data_types, column_name_to_quoted) %}
  {%- for row in rows -%}
    {{ tsdbt__unit_test_select(format_row(row, column_name_to_data_types), column_name_to_quoted) }}
    {%- if not loop.last %}
union all
{% endif -%}
  {%- else -%}
select * from dbt_internal_unit_test_actual
limit 0
  {%- endfor -%}
{% endmacro %}


{# Our own: one row of literals. #}
{% macro tsdbt__unit_test_select(row, quoted) -%}
select {% for name, value in row.items() -%}
  {{ value | trim }} as {{ quoted[name] or adapter.quote(name) }}{{ ', ' if not loop.last }}
  {%- endfor -%}
{%- endmacro %}


{# A row as SQL literals cast to the columns' types. A type's length is dropped for text: a cast would cut it silently. #}
{%- macro format_row(row, column_name_to_data_types) -%}
  {%- set literals = {} -%}
  {%- for given_name, value in row.items() -%}
    {%- set name = given_name | lower -%}
    {%- if name not in column_name_to_data_types -%}
      {%- set owner = 'expected output' if model.resource_type == 'unit_test' else "'" ~ model.name ~ "'" -%}
      {%- do exceptions.raise_compiler_error("Invalid column name: '%s' in unit test fixture for %s.\nAccepted columns for %s are: %s"
          | format(name, owner, owner, column_name_to_data_types.keys() | list)) -%}
    {%- endif -%}
    {%- do literals.update({name: tsdbt__fixture_literal(value, column_name_to_data_types[name])}) -%}
  {%- endfor -%}
  {%- do return(literals) -%}
{%- endmacro -%}

{# Our own: a value of a fixture. #}
{% macro tsdbt__fixture_literal(value, type) %}
  {%- if value is not string -%}
    {%- do return(safe_cast('null' if value is none else value, type)) -%}
  {%- endif -%}
  {%- set text = dbt.string_literal(dbt.escape_single_quotes(value)) -%}
  {%- do return(safe_cast(text, type.split('(')[0] if 'varying' in type else type)) -%}
{% endmacro %}


{# For engines that must check fixtures first. #}
{%- macro validate_fixture_rows(rows, row_number) -%}
  {%- do return(adapter.dispatch('validate_fixture_rows', 'dbt')(rows, row_number)) -%}
{%- endmacro -%}

{%- macro default__validate_fixture_rows(rows, row_number) -%}
{%- endmacro -%}
