{% macro shared() %}root {{ inner() }}{% endmacro %}
{% macro inner() %}innerroot{% endmacro %}
{% macro only_root() %}or{% endmacro %}
{% macro pk1__disp2() %}never{% endmacro %}
{% macro default__disp2() %}root for pk2{% endmacro %}
{% macro duckdb__date_trunc(a, b) %}root trunc {{ a }}{% endmacro %}
{% macro generate_database_name(custom_database_name=none, node=none) %}{{ (custom_database_name or target.database) | trim }}{% endmacro %}
{% test shared_test(model) %}select 'root'{% endtest %}
{% test not_null(model, column_name) %}select 'overridden'{% endtest %}
