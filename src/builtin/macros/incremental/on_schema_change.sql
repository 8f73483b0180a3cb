{# `on_schema_change`: what happens when the model's columns are no longer those of its table. #}

{% macro incremental_validate_on_schema_change(on_schema_change, default='ignore') %}
  {%- if on_schema_change in ['ignore', 'fail', 'append_new_columns', 'sync_all_columns'] -%}
    {%- do return(on_schema_change) -%}
  {%- endif -%}
  {%- do log('Invalid value for on_schema_change (' ~ on_schema_change ~ ') specified. Setting default value of ' ~ default ~ '.') -%}
  {%- do return(default) -%}
{% endmacro %}


{# The difference between two relations, as the other macros here pass it around. #}
{% macro check_for_schema_changes(source_relation, target_relation) %}
  {%- do return(adapter.dispatch('check_for_schema_changes', 'dbt')(source_relation, target_relation)) -%}
{% endmacro %}

{% macro default__check_for_schema_changes(source_relation, target_relation) %}
  {%- set new = adapter.get_columns_in_relation(source_relation) -%}
  {%- set old = adapter.get_columns_in_relation(target_relation) -%}
  {%- set changes = {
      'schema_changed': false,
      'source_not_in_target': diff_columns(new, old),
      'target_not_in_source': diff_columns(old, new),
      'source_columns': new,
      'target_columns': old,
      'new_target_types': diff_column_data_types(new, old)
  } -%}
  {%- set differences = tsdbt__column_differences(changes) -%}
  {%- do changes.update({'schema_changed': differences | select | list | length > 0}) -%}
  {%- do log('In ' ~ target_relation ~ ': columns (added, removed, retyped): ' ~ differences) -%}
  {%- do return(changes) -%}
{% endmacro %}

{# Our own: the three lists of a dictionary of changes. #}
{% macro tsdbt__column_differences(changes) %}
  {%- do return([changes['source_not_in_target'], changes['target_not_in_source'], changes['new_target_types']]) -%}
{% endmacro %}


{% macro sync_column_schemas(on_schema_change, target_relation, schema_changes_dict) %}
  {%- do return(adapter.dispatch('sync_column_schemas', 'dbt')(on_schema_change, target_relation, schema_changes_dict)) -%}
{% endmacro %}

{% macro default__sync_column_schemas(on_schema_change, target_relation, schema_changes_dict) %}
  {%- set added, removed, retyped = tsdbt__column_differences(schema_changes_dict) -%}
  {%- if on_schema_change != 'sync_all_columns' -%}
    {%- set removed, retyped = none, [] -%}
  {%- endif -%}
  {%- if on_schema_change in ['append_new_columns', 'sync_all_columns'] and (added or removed) -%}
    {%- do alter_relation_add_remove_columns(target_relation, added, removed) -%}
  {%- endif -%}
  {%- for column in retyped -%}
    {%- do alter_column_type(target_relation, column['column_name'], column['new_type']) -%}
  {%- endfor -%}
  {%- do log('In ' ~ target_relation ~ ': ' ~ on_schema_change ~ ' done') -%}
{% endmacro %}


{# Returns the columns to insert, or an empty dictionary where the table's own are to be taken. #}
{% macro process_schema_changes(on_schema_change, source_relation, target_relation) %}
  {%- do return(adapter.dispatch('process_schema_changes', 'dbt')(on_schema_change, source_relation, target_relation)) -%}
{% endmacro %}

{% macro default__process_schema_changes(on_schema_change, source_relation, target_relation) %}
  {%- if on_schema_change == 'ignore' -%}
    {%- do return({}) -%}
  {%- endif -%}
  {%- set changes = check_for_schema_changes(source_relation, target_relation) -%}
  {%- if changes['schema_changed'] -%}
    {%- if on_schema_change == 'fail' -%}
      {%- do exceptions.raise_compiler_error(tsdbt__out_of_sync(changes)) -%}
    {%- endif -%}
    {%- do sync_column_schemas(on_schema_change, target_relation, changes) -%}
  {%- endif -%}
  {%- do return(changes['source_columns']) -%}
{% endmacro %}

{# Our own. #}
{% macro tsdbt__out_of_sync(changes) %}
The source and target schemas on this incremental model are out of sync. Any of these brings them together:
  - `on_schema_change` set to append_new_columns or sync_all_columns
  - a run of the model with `--full-refresh`
  - a change of the table by hand, and another run

Source columns not in target: {{ changes['source_not_in_target'] }}
Target columns not in source: {{ changes['target_not_in_source'] }}
New column types: {{ changes['new_target_types'] }}
{%- endmacro %}
