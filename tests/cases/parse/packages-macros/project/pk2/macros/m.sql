{% macro shared() %}pk2 {{ inner() }}{% endmacro %}
{% macro inner() %}inner2{% endmacro %}
{% macro default__disp() %}pk2 for pk1{% endmacro %}
{% macro disp2() %}{{ return(adapter.dispatch('disp2', 'pk2')()) }}{% endmacro %}
{% macro default__disp2() %}pk2 own{% endmacro %}
{% macro default__length(x) %}pk2len {{ x }}{% endmacro %}
{% macro generate_schema_name(custom_schema_name, node) %}pk2_{{ custom_schema_name }}{% endmacro %}
{% test shared_test(model) %}select 'pk2'{% endtest %}
