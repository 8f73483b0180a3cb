{# The statements behind the strategies, in standard SQL; engines bring their own where theirs differs. #}

{% macro get_merge_unique_key_match(source_unique_key, target_unique_key) %}
  {%- do return(adapter.dispatch('get_merge_unique_key_match', 'dbt')(source_unique_key, target_unique_key)) -%}
{% endmacro %}

{% macro default__get_merge_unique_key_match(source_unique_key, target_unique_key) -%}
  {%- do return(equals(source_unique_key, target_unique_key) | trim) -%}
{%- endmacro %}


{# `predicates` is what incremental_predicates was called first. #}
{% macro get_merge_sql(target, source, unique_key, dest_columns, incremental_predicates=none) -%}
  {%- set write_sql = adapter.dispatch('get_merge_sql', 'dbt') -%}
  {{ write_sql(target, source, unique_key, dest_columns, kwargs.get('predicates', incremental_predicates)) }}
{%- endmacro %}

{% macro default__get_merge_sql(target, source, unique_key, dest_columns, incremental_predicates=none) -%}
  {%- set conditions = [] + (incremental_predicates or []) -%}
  {%- if not unique_key -%}
    {%- do conditions.append('FALSE') -%}
  {%- elif unique_key is sequence and unique_key is not mapping and unique_key is not string -%}
    {%- for key in unique_key -%}
      {%- do conditions.append('DBT_INTERNAL_SOURCE.' ~ key ~ ' = DBT_INTERNAL_DEST.' ~ key) -%}
    {%- endfor -%}
  {%- else -%}
    {%- do conditions.append(get_merge_unique_key_match(
        ('DBT_INTERNAL_SOURCE.' ~ unique_key) | trim, ('DBT_INTERNAL_DEST.' ~ unique_key) | trim)) -%}
  {%- endif -%}
  {%- set names = get_quoted_csv(dest_columns | map(attribute='name')) -%}
  {%- set updated = get_merge_update_columns(config.get('merge_update_columns'), config.get('merge_exclude_columns'), dest_columns) -%}
  {{ tsdbt__sql_header() }}

    merge into {{ target }} as DBT_INTERNAL_DEST
    using {{ source }} as DBT_INTERNAL_SOURCE
    on ({{ conditions | join(') and (') }})
    {%- if unique_key %}
    when matched then update set
      {%- for name in updated %}
      {{ name }} = DBT_INTERNAL_SOURCE.{{ name }}{{ ',' if not loop.last }}
      {%- endfor %}
    {%- endif %}
    when not matched then insert ({{ names }})
    values ({{ names }})
{% endmacro %}


{# Our own: a predicate may be given as text, several as a list. #}
{% macro tsdbt__predicates(given) %}
  {%- do return([given] if given is string else given or []) -%}
{% endmacro %}

{% macro get_delete_insert_merge_sql(target, source, unique_key, dest_columns, incremental_predicates) -%}
  {{ adapter.dispatch('get_delete_insert_merge_sql', 'dbt')(target, source, unique_key, dest_columns, incremental_predicates) }}
{%- endmacro %}

{% macro default__get_delete_insert_merge_sql(target, source, unique_key, dest_columns, incremental_predicates) -%}
  {%- if unique_key -%}
    {%- set keys = unique_key if unique_key is string else unique_key | join(', ') -%}
    {%- set in_new_rows = '(' ~ keys ~ ') in (select distinct ' ~ keys ~ ' from ' ~ source ~ ' as DBT_INTERNAL_SOURCE)' %}
    delete from {{ target }} as DBT_INTERNAL_DEST
    where {{ ([in_new_rows] + tsdbt__predicates(incremental_predicates)) | join('\n    and ') }};
  {%- endif %}

    {{ tsdbt__insert_all(target, source, dest_columns) }}
{%- endmacro %}


{# Rows that the predicates pick are dropped and all new ones inserted, in one merge that matches nothing. #}
{% macro get_insert_overwrite_merge_sql(target, source, dest_columns, predicates, include_sql_header=false) -%}
  {{ adapter.dispatch('get_insert_overwrite_merge_sql', 'dbt')(target, source, dest_columns, predicates, include_sql_header) }}
{%- endmacro %}

{% macro default__get_insert_overwrite_merge_sql(target, source, dest_columns, predicates, include_sql_header) -%}
  {%- set names = '(' ~ get_quoted_csv(dest_columns | map(attribute='name')) ~ ')' -%}
  {%- set clauses = [
      'merge into ' ~ target ~ ' as DBT_INTERNAL_DEST using ' ~ source ~ ' as DBT_INTERNAL_SOURCE on FALSE',
      'when ' ~ (['not matched by source'] + (predicates or [])) | join(' and ') ~ ' then delete',
      'when not matched then insert ' ~ names ~ ' values ' ~ names
  ] -%}
  {{ tsdbt__sql_header() if include_sql_header }}

    {{ clauses | join('\n    ') }}
{% endmacro %}
