{# How old a source's newest row is, seen from the database's own clock. #}

{% macro collect_freshness(source, loaded_at_field, filter) %}
  {%- do return(adapter.dispatch('collect_freshness', 'dbt')(source, loaded_at_field, filter)) -%}
{% endmacro %}

{% macro default__collect_freshness(source, loaded_at_field, filter) %}
  {%- set query %}
    {{ tsdbt__newest('max(' ~ loaded_at_field ~ ')') }}
    from {{ source }}
    {{ 'where ' ~ filter if filter }}
  {%- endset -%}
  {%- do return(tsdbt__fetch('collect_freshness', query, auto_begin=false)) -%}
{% endmacro %}

{# Our own: the two columns that are asked for. #}
{% macro tsdbt__newest(value) -%}
    select {{ value }} as max_loaded_at, {{ current_timestamp() }} as snapshotted_at
{%- endmacro %}

{% macro collect_freshness_custom_sql(source, loaded_at_query) %}
  {%- do return(adapter.dispatch('collect_freshness_custom_sql', 'dbt')(source, loaded_at_query)) -%}
{% endmacro %}

{% macro default__collect_freshness_custom_sql(source, loaded_at_query) %}
  {#- The query has lines of its own, because it may end with a comment. -#}
  {%- set query %}
    with source_query as (
      {{ loaded_at_query }}
    )
    {{ tsdbt__newest('(select * from source_query)') }}
  {%- endset -%}
  {%- do return(tsdbt__fetch('collect_freshness_custom_sql', query, auto_begin=false)) -%}
{% endmacro %}
