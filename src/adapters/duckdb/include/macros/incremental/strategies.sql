{# What `incremental_strategy` leaves unsaid is delete+insert. #}
{% macro duckdb__get_incremental_default_sql(arg_dict) %}
  {%- do return(get_incremental_delete_insert_sql(arg_dict)) -%}
{% endmacro %}

{% macro duckdb__get_delete_insert_merge_sql(target, source, unique_key, dest_columns, incremental_predicates) -%}
  {%- set names = get_quoted_csv(dest_columns | map(attribute='name')) -%}
  {%- set further -%}
    {%- for predicate in incremental_predicates or [] %}
        and {{ predicate }}
    {%- endfor -%}
  {%- endset -%}
  {%- if unique_key and unique_key is sequence and unique_key is not string %}
    delete from {{ target }} as DBT_INCREMENTAL_TARGET
    using {{ source }}
    where (
      {%- for key in unique_key %}
        {{ source }}.{{ key }} = DBT_INCREMENTAL_TARGET.{{ key }}{{ ' and' if not loop.last }}
      {%- endfor %}
      {{- further }}
    );
  {%- elif unique_key %}
    delete from {{ target }}
    where ({{ unique_key }}) in (
        select ({{ unique_key }})
        from {{ source }}
    )
    {{- further }};
  {%- endif %}

    insert into {{ target }} ({{ names }})
    (
        select {{ names }}
        from {{ source }}
    )
{%- endmacro %}

{# One batch: its stretch of time is deleted, then inserted. Keys play no part, so naming one is a mistake. #}
{% macro duckdb__get_incremental_microbatch_sql(arg_dict) -%}
  {%- set event_time = config.get('event_time') -%}
  {%- if not event_time -%}
    {%- do exceptions.raise_compiler_error("microbatch incremental strategy requires an 'event_time' model config") -%}
  {%- endif -%}
  {%- if config.get('unique_key') -%}
    {%- do exceptions.raise_compiler_error("microbatch incremental strategy does not support 'unique_key': each batch is deleted and inserted by 'event_time', not by key. Remove 'unique_key' or use incremental_strategy='merge'.") -%}
  {%- endif -%}
  {%- set batch = model.get('batch') or {} -%}
  {%- set from_time = batch.get('event_time_start') -%}
  {%- set to_time = batch.get('event_time_end') -%}
  {%- if not (from_time and to_time) -%}
    {%- do exceptions.raise_compiler_error("microbatch incremental strategy requires 'batch.event_time_start' and 'batch.event_time_end' to be set in the context") -%}
  {%- endif -%}

  {%- set target = arg_dict['target_relation'] -%}
  {%- set names = get_quoted_csv(arg_dict['dest_columns'] | map(attribute='name')) -%}
  {%- set in_batch = event_time ~ " >= '" ~ from_time ~ "' and " ~ event_time ~ " < '" ~ to_time ~ "'" -%}
  {%- set build_sql %}
    delete from {{ target }}
    where {{ in_batch }}
    {%- for predicate in normalize_incremental_predicates(arg_dict.get('incremental_predicates')) %}
      and ({{ predicate }})
    {%- endfor -%}
    ;

    insert into {{ target }} ({{ names }})
    select {{ names }}
    from {{ arg_dict['temp_relation'] }}
    where {{ in_batch }};
  {%- endset -%}
  {%- do return(build_sql) -%}
{%- endmacro %}
