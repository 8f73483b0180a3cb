{#
  One macro a strategy: `incremental_strategy: x` runs `get_incremental_x_sql`, a project's own ones included. The
  argument is a dictionary of target_relation, temp_relation, unique_key, dest_columns and incremental_predicates.
#}

{% macro get_incremental_append_sql(arg_dict) %}
  {%- do return(adapter.dispatch('get_incremental_append_sql', 'dbt')(arg_dict)) -%}
{% endmacro %}

{% macro default__get_incremental_append_sql(arg_dict) %}
  {%- do return(get_insert_into_sql(arg_dict['target_relation'], arg_dict['temp_relation'], arg_dict['dest_columns'])) -%}
{% endmacro %}

{% macro get_incremental_delete_insert_sql(arg_dict) %}
  {%- do return(adapter.dispatch('get_incremental_delete_insert_sql', 'dbt')(arg_dict)) -%}
{% endmacro %}

{% macro default__get_incremental_delete_insert_sql(arg_dict) %}
  {%- do return(get_delete_insert_merge_sql(*tsdbt__strategy_values(arg_dict))) -%}
{% endmacro %}

{# Our own: the argument of a strategy as those of the macro that writes its statement. #}
{% macro tsdbt__strategy_values(arg_dict, with_key=true) %}
  {%- set values = [] -%}
  {%- for name in ['target_relation', 'temp_relation', 'unique_key', 'dest_columns', 'incremental_predicates']
      if with_key or name != 'unique_key' -%}
    {%- do values.append(arg_dict[name]) -%}
  {%- endfor -%}
  {%- do return(values) -%}
{% endmacro %}

{% macro get_incremental_merge_sql(arg_dict) %}
  {%- do return(adapter.dispatch('get_incremental_merge_sql', 'dbt')(arg_dict)) -%}
{% endmacro %}

{% macro default__get_incremental_merge_sql(arg_dict) %}
  {%- do return(get_merge_sql(*tsdbt__strategy_values(arg_dict))) -%}
{% endmacro %}

{% macro get_incremental_insert_overwrite_sql(arg_dict) %}
  {%- do return(adapter.dispatch('get_incremental_insert_overwrite_sql', 'dbt')(arg_dict)) -%}
{% endmacro %}

{% macro default__get_incremental_insert_overwrite_sql(arg_dict) %}
  {%- do return(get_insert_overwrite_merge_sql(*tsdbt__strategy_values(arg_dict, with_key=false))) -%}
{% endmacro %}

{% macro get_incremental_default_sql(arg_dict) %}
  {%- do return(adapter.dispatch('get_incremental_default_sql', 'dbt')(arg_dict)) -%}
{% endmacro %}

{% macro default__get_incremental_default_sql(arg_dict) %}
  {%- do return(get_incremental_append_sql(arg_dict)) -%}
{% endmacro %}

{% macro get_incremental_microbatch_sql(arg_dict) %}
  {%- do return(adapter.dispatch('get_incremental_microbatch_sql', 'dbt')(arg_dict)) -%}
{% endmacro %}

{% macro default__get_incremental_microbatch_sql(arg_dict) %}
  {%- do exceptions.raise_not_implemented('microbatch materialization strategy not implemented for adapter ' ~ adapter.type()) -%}
{% endmacro %}


{% macro get_insert_into_sql(target_relation, temp_relation, dest_columns) -%}
  {{ tsdbt__insert_all(target_relation, temp_relation, dest_columns) }}
{%- endmacro %}

{# Our own: all rows of a relation, column by column, into another one. #}
{% macro tsdbt__insert_all(target, source, columns) -%}
  {%- set names = get_quoted_csv(columns | map(attribute='name')) -%}
    insert into {{ target }} ({{ names }})
    (
        select {{ names }}
        from {{ source }}
    )
{%- endmacro %}
