{# One row: how many failures, and whether that is enough to warn and to fail. #}
{% macro get_test_sql(main_sql, fail_calc, warn_if, error_if, limit) -%}
  {{ adapter.dispatch('get_test_sql', 'dbt')(main_sql, fail_calc, warn_if, error_if, limit) }}
{%- endmacro %}

{# The empty lines put the test's SQL on the line that it has in dbt: DuckDB's messages name it. #}
{% macro default__get_test_sql(main_sql, fail_calc, warn_if, error_if, limit) %}
    select
      {{ fail_calc }} as failures,
      {{ fail_calc }} {{ warn_if }} as should_warn,
      {{ fail_calc }} {{ error_if }} as should_error
    from (

      {{ main_sql }}
      {{ 'limit ' ~ limit if limit is not none }}
    ) dbt_internal_test
{%- endmacro %}


{# The model under test, narrowed to the rows that `where` picks. #}
{% macro get_where_subquery(relation) -%}
  {%- do return(adapter.dispatch('get_where_subquery', 'dbt')(relation)) -%}
{%- endmacro %}

{% macro default__get_where_subquery(relation) -%}
  {%- set condition = config.get('where', '') -%}
  {%- if not condition -%}
    {%- do return(relation) -%}
  {%- endif -%}
  {%- do return('(select * from ' ~ relation ~ ' where ' ~ condition ~ ') dbt_subquery') -%}
{%- endmacro %}


{# A unit test's two sides, marked as such, in one result. #}
{% macro get_unit_test_sql(main_sql, expected_fixture_sql, expected_column_names) -%}
  {{ adapter.dispatch('get_unit_test_sql', 'dbt')(main_sql, expected_fixture_sql, expected_column_names) }}
{%- endmacro %}

{% macro default__get_unit_test_sql(main_sql, expected_fixture_sql, expected_column_names) -%}
  {%- set names = expected_column_names | join(', ') -%}
  {%- set side = adapter.quote('actual_or_expected') -%}
with dbt_internal_unit_test_actual as (
  select {{ names }}, {{ dbt.string_literal('actual') }} as {{ side }}
  from (
    {{ main_sql }}
  ) _dbt_internal_unit_test_actual
),

dbt_internal_unit_test_expected as (
  select {{ names }}, {{ dbt.string_literal('expected') }} as {{ side }}
  from (
    {{ expected_fixture_sql }}
  ) _dbt_internal_unit_test_expected
)

select * from dbt_internal_unit_test_actual
union all
select * from dbt_internal_unit_test_expected
{%- endmacro %}
