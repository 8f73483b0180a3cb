{% macro get_create_view_as_sql(relation, sql) -%}
  {{ adapter.dispatch('get_create_view_as_sql', 'dbt')(relation, sql) }}
{%- endmacro %}

{% macro default__get_create_view_as_sql(relation, sql) -%}
  {%- do return(create_view_as(relation, sql)) -%}
{%- endmacro %}

{% macro create_view_as(relation, sql) -%}
  {{ adapter.dispatch('create_view_as', 'dbt')(relation, sql) }}
{%- endmacro %}

{% macro default__create_view_as(relation, sql) -%}
  {%- set check = get_assert_columns_equivalent(sql) if config.get('contract').enforced else '' -%}
  {{ tsdbt__sql_header() }}
  create view {{ relation.render() }} {{ check }} as (
    {{ sql }}
  );
{%- endmacro %}


{#
  The view materialization of engines whose `create or replace view` may change the columns: one statement, so there
  is nothing to swap. Such an engine's own `view` materialization calls this.
#}
{% macro create_or_replace_view() %}
  {%- set place = {'database': database, 'schema': schema, 'identifier': model['alias']} -%}
  {%- set found = adapter.get_relation(**place) -%}
  {%- set target_relation = api.Relation.create(type='view', **place) -%}

  {%- do run_hooks(pre_hooks) -%}
  {%- if found is not none and found.is_table -%}
    {%- do handle_existing_table(should_full_refresh(), found) -%}
  {%- endif -%}
  {%- call statement('main') -%}
    {{ get_create_view_as_sql(target_relation, sql) }}
  {%- endcall -%}
  {%- do tsdbt__grant(target_relation, found is not none and found.is_view) -%}
  {%- do run_hooks(post_hooks) -%}
  {%- do return({'relations': [target_relation]}) -%}
{% endmacro %}

{# What to do with a table in the view's place; some engines refuse unless told to refresh fully. #}
{% macro handle_existing_table(full_refresh, old_relation) %}
  {{ adapter.dispatch('handle_existing_table', 'dbt')(full_refresh, old_relation) }}
{% endmacro %}

{% macro default__handle_existing_table(full_refresh, old_relation) %}
  {%- do log('Dropping relation ' ~ old_relation.render() ~ ' because it is of type ' ~ old_relation.type) -%}
  {{ adapter.drop_relation(old_relation) }}
{% endmacro %}
