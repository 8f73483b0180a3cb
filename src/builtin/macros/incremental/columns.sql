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
  {%- set retyped = [] -%}
  {%- for new in source_columns -%}
    {# At most one: names are unique. #}
    {%- for old in (target_columns | selectattr('name', 'equalto', new.name) | list)[:1]
        if old.expanded_data_type != new.expanded_data_type and not new.can_expand_to(other_column=old) -%}
      {%- do retyped.append({'column_name': old.name, 'new_type': new.expanded_data_type}) -%}
    {%- endfor -%}
  {%- endfor -%}
  {%- do return(retyped) -%}
{% endmacro %}

{# What `update set` covers: the named columns, all but the excluded ones, or all. #}
{% macro get_merge_update_columns(merge_update_columns, merge_exclude_columns, dest_columns) %}
  {%- do return(adapter.dispatch('get_merge_update_columns', 'dbt')(merge_update_columns, merge_exclude_columns, dest_columns)) -%}
{% endmacro %}

{% macro default__get_merge_update_columns(merge_update_columns, merge_exclude_columns, dest_columns) %}
  {%- if merge_update_columns and merge_exclude_columns -%}
    {%- do exceptions.raise_compiler_error('Model cannot specify merge_update_columns and merge_exclude_columns. Please update model to use only one config') -%}
  {%- endif -%}
  {%- set left_alone = (merge_exclude_columns or []) | map('lower') | list -%}
  {%- set rest = [] -%}
  {%- for column in dest_columns if column.column | lower not in left_alone -%}
    {%- do rest.append(column.quoted) -%}
  {%- endfor -%}
  {%- do return(merge_update_columns or rest) -%}
{% endmacro %}
