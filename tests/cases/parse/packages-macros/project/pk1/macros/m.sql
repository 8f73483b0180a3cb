{% macro shared() %}pk1 {{ inner() }}{% endmacro %}
{% macro inner() %}inner1{% endmacro %}
{% macro disp() %}{{ return(adapter.dispatch('disp', 'pk1')()) }}{% endmacro %}
{% macro default__disp() %}pk1 default{% endmacro %}
{% macro duckdb__disp() %}pk1 duckdb{% endmacro %}
{% macro nonamespace() %}{{ adapter.dispatch('disp')() }}{% endmacro %}
{% macro generate_schema_name(custom_schema_name, node) %}pk1_{{ custom_schema_name }}{% endmacro %}
{% macro generate_alias_name(custom_alias_name=none, node=none) %}pk1_{{ node.name }}{% endmacro %}
{% macro date_trunc(a, b) %}pk1 date_trunc{% endmacro %}
{% test shared_test(model) %}select 'pk1'{% endtest %}
{% materialization odd, default %}{{ return({'relations': []}) }}{% endmaterialization %}
