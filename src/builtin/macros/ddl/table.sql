{% macro get_create_table_as_sql(temporary, relation, sql) -%}
  {{ adapter.dispatch('get_create_table_as_sql', 'dbt')(temporary, relation, sql) }}
{%- endmacro %}

{% macro default__get_create_table_as_sql(temporary, relation, sql) -%}
  {%- do return(create_table_as(temporary, relation, sql)) -%}
{%- endmacro %}

{# Engines that know only SQL have an implementation without the fourth argument. #}
{% macro create_table_as(temporary, relation, compiled_code, language='sql') -%}
  {%- if language != 'sql' -%}
    {{ adapter.dispatch('create_table_as', 'dbt')(temporary, relation, compiled_code, language) }}
  {%- else -%}
    {{ adapter.dispatch('create_table_as', 'dbt')(temporary, relation, compiled_code) }}
  {%- endif -%}
{%- endmacro %}

{% macro default__create_table_as(temporary, relation, sql) -%}
  {%- set promised = config.get('contract').enforced and not temporary -%}
  {{ tsdbt__sql_header() }}
  create {{ 'temporary table' if temporary else 'table' }} {{ relation.include(database=not temporary, schema=not temporary) }}
  {{ get_assert_columns_equivalent(sql) ~ get_table_columns_and_constraints() if promised }}
  as (
    {{ get_select_subquery(sql) if promised else sql }}
  );
{%- endmacro %}

{# Our own: what `set_sql_header` has set, to go before a statement. #}
{% macro tsdbt__sql_header() -%}
  {{ config.get('sql_header', none) or '' }}
{%- endmacro %}

{# The contract's columns in the contract's order. #}
{% macro get_select_subquery(sql) %}
  {%- do return(adapter.dispatch('get_select_subquery', 'dbt')(sql)) -%}
{% endmacro %}

{% macro default__get_select_subquery(sql) %}
    select {{ adapter.dispatch('get_column_names', 'dbt')() }}
    from (
        {{ sql }}
    ) as model_subq
{%- endmacro %}

{% macro default__get_column_names() %}
  {%- for name in model['columns'] -%}
    {{ tsdbt__contract_name(model['columns'][name]) }}{{ ', ' if not loop.last }}
  {%- endfor -%}
{% endmacro %}
