{# How old a source's newest row is, seen from the database's own clock. #}

{% macro collect_freshness(source, loaded_at_field, filter) %}
  {%- do return(adapter.dispatch('collect_freshness', 'dbt')(source, loaded_at_field, filter)) -%}
{% endmacro %}

{% macro default__collect_freshness(source, loaded_at_field, filter) %}
  {%- set newest = 'select max(' ~ loaded_at_field ~ ') from ' ~ source ~ (' where ' ~ filter if filter else '') -%}
  {%- do return(tsdbt__freshness('collect_freshness', newest)) -%}
{% endmacro %}

{# Our own: `newest` is a query of one value. It has lines of its own, because it may end with a comment. #}
{% macro tsdbt__freshness(name, newest) %}
  {%- set query %}
    select (
      {{ newest }}
    ) as max_loaded_at, {{ current_timestamp() }} as snapshotted_at
  {%- endset -%}
  {%- do return(tsdbt__fetch(name, query, auto_begin=false)) -%}
{% endmacro %}

{% macro collect_freshness_custom_sql(source, loaded_at_query) %}
  {%- do return(adapter.dispatch('collect_freshness_custom_sql', 'dbt')(source, loaded_at_query)) -%}
{% endmacro %}

{% macro default__collect_freshness_custom_sql(source, loaded_at_query) %}
  {%- do return(tsdbt__freshness('collect_freshness_custom_sql', loaded_at_query)) -%}
{% endmacro %}
