{# What `incremental_strategy` leaves unsaid is delete+insert. #}
{% macro duckdb__get_incremental_default_sql(arg_dict) %}
  {%- do return(get_incremental_delete_insert_sql(arg_dict)) -%}
{% endmacro %}

{% macro duckdb__get_delete_insert_merge_sql(target, source, unique_key, dest_columns, incremental_predicates) -%}
  {%- set predicates = tsdbt__predicates(incremental_predicates) -%}
  {%- if not unique_key -%}
    {# Nothing has to make room. #}
  {%- elif unique_key is sequence and unique_key is not string -%}
    {%- set matches = [] -%}
    {%- for key in unique_key -%}
      {%- do matches.append(source ~ '.' ~ key ~ ' = DBT_INCREMENTAL_TARGET.' ~ key) -%}
    {%- endfor %}
    delete from {{ target }} as DBT_INCREMENTAL_TARGET
    using {{ source }}
    where (
        {{ (matches + predicates) | join('\n        and ') }}
    );
  {%- else -%}
    {%- set in_new_rows = '(%s) in (select (%s) from %s)' | format(unique_key, unique_key, source) %}
    delete from {{ target }}
    where {{ ([in_new_rows] + predicates) | join('\n    and ') }};
  {%- endif %}

    {{ tsdbt__insert_all(target, source, dest_columns) }}
{%- endmacro %}

{# One batch: its stretch of time is deleted, then inserted. Keys play no part, so naming one is a mistake. #}
{% macro duckdb__get_incremental_microbatch_sql(arg_dict) -%}
  {%- set strategy = 'microbatch incremental strategy ' -%}
  {%- set event_time = config.get('event_time') -%}
  {%- set batch = model.get('batch') or {} -%}
  {%- if not event_time -%}
    {%- do exceptions.raise_compiler_error(strategy ~ "requires an 'event_time' model config") -%}
  {%- elif config.get('unique_key') -%}
    {%- do exceptions.raise_compiler_error(strategy
        ~ "does not support 'unique_key': each batch is deleted and inserted by 'event_time', not by key. Remove 'unique_key' or use incremental_strategy='merge'.") -%}
  {%- elif not (batch.get('event_time_start') and batch.get('event_time_end')) -%}
    {%- do exceptions.raise_compiler_error(strategy ~ "requires 'batch.event_time_start' and 'batch.event_time_end' to be set in the context") -%}
  {%- endif -%}

  {%- set in_batch = "%s >= '%s' and %s < '%s'" | format(event_time, batch.get('event_time_start'), event_time, batch.get('event_time_end')) -%}
  {%- set narrowed = [in_batch] -%}
  {%- for predicate in normalize_incremental_predicates(arg_dict.get('incremental_predicates')) -%}
    {%- do narrowed.append('(' ~ predicate ~ ')') -%}
  {%- endfor -%}
  {%- set names = get_quoted_csv(arg_dict['dest_columns'] | map(attribute='name')) -%}
  {%- do return('delete from %s where %s;\n\ninsert into %s (%s)\nselect %s from %s where %s;' | format(
      arg_dict['target_relation'], narrowed | join(' and '), arg_dict['target_relation'], names,
      names, arg_dict['temp_relation'], in_batch)) -%}
{%- endmacro %}
