{#
  Replacing a relation with another of the same name: `create or replace` where the engine has it for that type, else
  the safest order of create, rename and drop that the two types allow.
#}

{% macro get_replace_sql(existing_relation, target_relation, sql) %}
  {%- do log('Applying REPLACE to: ' ~ existing_relation) -%}
  {{ adapter.dispatch('get_replace_sql', 'dbt')(existing_relation, target_relation, sql) }}
{% endmacro %}

{% macro default__get_replace_sql(existing_relation, target_relation, sql) %}
  {%- set in_one_statement = existing_relation.can_be_replaced and existing_relation.type == target_relation.type -%}
  {%- if in_one_statement and existing_relation.is_view -%}
    {{ get_replace_view_sql(target_relation, sql) }}
  {%- elif in_one_statement and existing_relation.is_table -%}
    {{ get_replace_table_sql(target_relation, sql) }}
  {%- elif in_one_statement and existing_relation.is_materialized_view -%}
    {{ get_replace_materialized_view_sql(target_relation, sql) }}
  {%- else -%}
    {%- set build_aside = target_relation.can_be_renamed -%}
    {%- set keep_backup = existing_relation.can_be_renamed -%}
    {%- if build_aside -%}
      {{ get_create_intermediate_sql(target_relation, sql) }};
    {% endif -%}
    {{ get_create_backup_sql(existing_relation) if keep_backup else get_drop_sql(existing_relation) }};
    {{ get_rename_intermediate_sql(target_relation) if build_aside else get_create_sql(target_relation, sql) }}
    {%- if keep_backup -%}
      ;
      {{ get_drop_backup_sql(existing_relation) }}
    {%- endif -%}
  {%- endif -%}
{% endmacro %}


{% macro get_replace_table_sql(relation, sql) %}
  {{- adapter.dispatch('get_replace_table_sql', 'dbt')(relation, sql) -}}
{% endmacro %}

{% macro default__get_replace_table_sql(relation, sql) %}
  {%- do exceptions.raise_compiler_error('`get_replace_table_sql` has not been implemented for this adapter.') -%}
{% endmacro %}

{% macro get_replace_view_sql(relation, sql) %}
  {{- adapter.dispatch('get_replace_view_sql', 'dbt')(relation, sql) -}}
{% endmacro %}

{% macro default__get_replace_view_sql(relation, sql) %}
  {%- do exceptions.raise_compiler_error('`get_replace_view_sql` has not been implemented for this adapter.') -%}
{% endmacro %}

{% macro get_replace_materialized_view_sql(relation, sql) %}
  {{- adapter.dispatch('get_replace_materialized_view_sql', 'dbt')(relation, sql) -}}
{% endmacro %}

{% macro default__get_replace_materialized_view_sql(relation, sql) %}
  {%- do exceptions.raise_compiler_error('`get_replace_materialized_view_sql` has not been implemented for this adapter.') -%}
{% endmacro %}
