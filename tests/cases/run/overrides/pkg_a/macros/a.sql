{% macro greet(name) %}{{ return(adapter.dispatch('greet', 'pkg_a')(name)) }}{% endmacro %}
{% macro default__greet(name) %}'a greets {{ name }}'{% endmacro %}
{% macro salute() %}{{ return(adapter.dispatch('salute', macro_namespace='pkg_a')()) }}{% endmacro %}
{% macro default__salute() %}'default of a'{% endmacro %}
{% macro duckdb__salute() %}'duckdb of a'{% endmacro %}
{% macro wave() %}{{ return(adapter.dispatch('wave', 'pkg_a')()) }}{% endmacro %}
{% macro default__wave() %}'a waves'{% endmacro %}
{% macro shared_name() %}'a'{% endmacro %}
{% macro call_shared() %}{{ shared_name() }}{% endmacro %}
{% macro both() %}'both in a'{% endmacro %}
{% macro only_in_packages() %}'a of the packages'{% endmacro %}
{% macro call_dbt() %}{{ dbt.hash('1') }} || {{ hash('1') }}{% endmacro %}
{% macro call_root() %}{{ of_root() }}{% endmacro %}
{% macro call_b() %}{{ pkg_b.both() }}{% endmacro %}
{% macro without_namespace() %}{{ return(adapter.dispatch('nowhere_named')()) }}{% endmacro %}
{% macro default__nowhere_named() %}'found without a namespace'{% endmacro %}
{% macro generate_schema_name(custom_schema_name, node) %}of_a_{{ custom_schema_name or target.schema }}{% endmacro %}
{% test is_even(model, column_name) %}select * from {{ model }} where {{ column_name }} % 2 = 1{% endtest %}
{% materialization pinned, default %}
  {% call statement('main') %}create or replace table {{ this }} as select 'pinned of a' as said{% endcall %}
  {{ return({'relations': [this.incorporate(type='table')]}) }}
{% endmaterialization %}
{% macro not_there_yet() %}{% do exceptions.raise_not_implemented('not_there_yet is not implemented for ' ~ adapter.type()) %}{% endmacro %}
