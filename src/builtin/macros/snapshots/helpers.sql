{% macro create_columns(relation, columns) %}
  {{ adapter.dispatch('create_columns', 'dbt')(relation, columns) }}
{% endmacro %}

{% macro default__create_columns(relation, columns) %}
  {%- set opening = 'alter table ' ~ relation.render() ~ ' add column ' -%}
  {%- for column in columns -%}
    {%- call statement() -%}
      {{ opening ~ adapter.quote(column.name) ~ ' ' ~ column.expanded_data_type }};
    {%- endcall -%}
  {%- endfor -%}
{% endmacro %}

{% macro post_snapshot(staging_relation) %}
  {{ adapter.dispatch('post_snapshot', 'dbt')(staging_relation) }}
{% endmacro %}

{% macro default__post_snapshot(staging_relation) %}
{% endmacro %}

{% macro get_true_sql() %}
  {{ adapter.dispatch('get_true_sql', 'dbt')() }}
{% endmacro %}

{% macro default__get_true_sql() %}
  {%- do return('TRUE') -%}
{% endmacro %}

{# dbt's columns under their usual names, or those that `snapshot_meta_column_names` gives them. #}
{% macro get_snapshot_table_column_names() %}
  {%- set own = config.get('snapshot_meta_column_names') or {} -%}
  {%- set names = {} -%}
  {%- for name in ['dbt_valid_to', 'dbt_valid_from', 'dbt_scd_id', 'dbt_updated_at', 'dbt_is_deleted'] -%}
    {%- do names.update({name: own.get(name) or name}) -%}
  {%- endfor -%}
  {%- do return(names) -%}
{% endmacro %}

{# Our own: the dictionary that a project sets as a whole goes first. #}
{% macro tsdbt__snapshot_columns() %}
  {%- do return(config.get('snapshot_table_column_names') or get_snapshot_table_column_names()) -%}
{% endmacro %}

{# The end of a current version: null or the configured date, in the type of `updated_at`. #}
{% macro get_dbt_valid_to_current(strategy, columns) %}
  {%- set updated_at = strategy.updated_at -%}
  {%- set typed_null = 'nullif(' ~ updated_at ~ ', ' ~ updated_at ~ ')' %}
  coalesce({{ typed_null }}, {{ config.get('dbt_valid_to_current') or 'null' }})
  as {{ columns.dbt_valid_to }}
{% endmacro %}


{# A unique key of one column or of several, under names that can't clash with the query's. #}

{% macro unique_key_fields(unique_key) %}
  {%- set fields = [] -%}
  {%- for key in (unique_key if unique_key | is_list else []) -%}
    {%- do fields.append(key ~ ' as dbt_unique_key_' ~ loop.index) -%}
  {%- endfor -%}
  {{ fields | join(', ') if unique_key | is_list else unique_key ~ ' as dbt_unique_key' }}
{% endmacro %}

{% macro unique_key_join_on(unique_key, identifier, from_identifier) %}
  {%- set key = '.dbt_unique_key' -%}
  {%- set pairs = [] -%}
  {%- for _ in (unique_key if unique_key | is_list else []) -%}
    {%- set numbered = key ~ '_' ~ loop.index -%}
    {%- do pairs.append(equals(identifier ~ numbered, from_identifier ~ numbered) | trim) -%}
  {%- endfor -%}
  {{ pairs | join(' and ') if unique_key | is_list else identifier ~ key ~ ' = ' ~ from_identifier ~ key }}
{% endmacro %}

{% macro unique_key_is_null(unique_key, identifier) %}
  {{ identifier }}.dbt_unique_key{{ '_1' if unique_key | is_list }} is null
{% endmacro %}

{% macro unique_key_is_not_null(unique_key, identifier) %}
  {{ identifier }}.dbt_unique_key{{ '_1' if unique_key | is_list }} is not null
{% endmacro %}


{# A clock of another type than `updated_at` gives versions that don't line up: reported, not refused. #}

{% macro get_updated_at_column_data_type(snapshot_sql) %}
  {%- set matches = get_column_schema_from_query(snapshot_sql)
      | selectattr('column', 'in', ['dbt_updated_at', 'DBT_UPDATED_AT']) | list -%}
  {%- do return(matches[-1].dtype if matches else none) -%}
{% endmacro %}

{% macro check_time_data_types(sql) %}
  {%- set of_rows = get_updated_at_column_data_type(sql) -%}
  {%- set of_clock = get_snapshot_get_time_data_type() -%}
  {%- if of_rows is not none and of_clock is not none and of_rows != of_clock -%}
    {{ exceptions.warn_snapshot_timestamp_data_types(of_clock, of_rows) }}
  {%- endif -%}
{% endmacro %}
