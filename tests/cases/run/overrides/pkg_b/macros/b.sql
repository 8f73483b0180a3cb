{% macro default__greet(name) %}'b greets {{ name }}'{% endmacro %}
{% macro shared_name() %}'b'{% endmacro %}
{% macro both() %}'both in b'{% endmacro %}
{% macro only_in_packages() %}'b of the packages'{% endmacro %}
{% macro default__concat(fields) %}'concat of b'{% endmacro %}
{% macro default__length(expression) %}4711{% endmacro %}
{% macro duckdb__dateadd(datepart, interval, from_date_or_timestamp) %}date '2000-01-01'{% endmacro %}
{% test not_null(model, column_name) %}select 'b' as of_b from {{ model }} where {{ column_name }} is null{% endtest %}
{% test is_even(model, column_name) %}select 'b' as of_b from {{ model }} where {{ column_name }} % 2 = 1{% endtest %}
{% materialization pinned, adapter='duckdb' %}
  {% call statement('main') %}create or replace table {{ this }} as select 'pinned of b' as said{% endcall %}
  {{ return({'relations': [this.incorporate(type='table')]}) }}
{% endmaterialization %}
{% materialization view, default %}
  {% set old = load_cached_relation(this) %}
  {% do adapter.drop_relation(old) if old %}
  {% call statement('main') %}create or replace table {{ this }} as select 'view of b' as said{% endcall %}
  {{ return({'relations': [this.incorporate(type='table')]}) }}
{% endmaterialization %}
