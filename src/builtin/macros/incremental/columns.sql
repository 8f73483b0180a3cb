{# Helpers of the incremental strategies, on lists of Column objects. #}

{% macro get_quoted_csv(column_names) %}
  {%- do return(tsdbt__quote_all(column_names) | join(', ')) -%}
{% endmacro %}

{# Our own. #}
{% macro tsdbt__quote_all(names) %}
  {%- set quoted = [] -%}
  {%- for name in names -%}
    {%- do quoted.append(adapter.quote(name)) -%}
  {%- endfor -%}
  {%- do return(quoted) -%}
{% endmacro %}

{# The columns of the first list that the second does not have, by name. #}
{% macro diff_columns(source_columns, target_columns) %}
  {%- set known = target_columns | map(attribute='column') | list -%}
  {%- do return(source_columns | rejectattr('name', 'in', known) | list) -%}
{% endmacro %}

{# Columns of the same name whose type has changed to one that they can't be widened to. #}
{% macro diff_column_data_types(source_columns, target_columns) %}
  {%- do return(adapter.dispatch('diff_column_data_types', 'dbt')(source_columns, target_columns)) -%}
{% endmacro %}

{% macro default__diff_column_data_types(source_columns, target_columns) %}
  {%- set old_columns = {} -%}
  {%- for column in target_columns -%}
    {%- do old_columns.setdefault(column.name, column) -%}
  {%- endfor -%}
  {%- set retyped = [] -%}
  {%- for column in source_columns if column.name in old_columns -%}
    {%- set old, new_type = old_columns[column.name], column.expanded_data_type -%}
    {%- do retyped.append({'column_name': old.name, 'new_type': new_type})
        if new_type != old.expanded_data_type and not column.can_expand_to(other_column=old) -%}
  {%- endfor -%}
  {%- do return(retyped) -%}
{% endmacro %}

{# What `update set` covers: the named columns, all but the excluded ones, or all. #}
{% macro get_merge_update_columns(merge_update_columns, merge_exclude_columns, dest_columns) %}
  {%- do return(adapter.dispatch('get_merge_update_columns', 'dbt')(merge_update_columns, merge_exclude_columns, dest_columns)) -%}
{% endmacro %}

{% macro default__get_merge_update_columns(merge_update_columns, merge_exclude_columns, dest_columns) %}
  {%- if not merge_update_columns -%}
    {%- set spared = (merge_exclude_columns or []) | map('lower') | list -%}
    {%- set updated = [] -%}
    {%- for column in dest_columns if column.column | lower not in spared -%}
      {%- do updated.append(column.quoted) -%}
    {%- endfor -%}
    {%- do return(updated) -%}
  {%- elif merge_exclude_columns -%}
    {%- do exceptions.raise_compiler_error('Model cannot specify merge_update_columns and merge_exclude_columns. Please update model to use only one config') -%}
  {%- endif -%}
  {%- do return(merge_update_columns) -%}
{% endmacro %}
