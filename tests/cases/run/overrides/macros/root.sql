{% macro of_root() %}'the root'{% endmacro %}
{% macro shared_name() %}'root'{% endmacro %}
{% macro default__wave() %}'root waves for a'{% endmacro %}
{% macro default__hash(field) %}'hash of the root'{% endmacro %}
{% macro duckdb__any_value(expression) %}max({{ expression }}) {% endmacro %}
{% macro right(string_text, length_expression) %}'right of the root'{% endmacro %}
{% macro duckdb__create_table_as(temporary, relation, compiled_code, language='sql', partitioned_by=none, sorted_by=none) %}
  create {{ 'temporary' if temporary }} table {{ relation.include(database=(not temporary), schema=(not temporary)) }} as (select *, 'made by the root' as made from ({{ compiled_code }}));
{% endmacro %}
{% macro generate_alias_name(custom_alias_name=none, node=none) %}{{ (custom_alias_name or node.name) ~ '_x' }}{% endmacro %}
{% macro default__get_where_subquery(relation) %}(select * from {{ relation }} where id <> 3){% endmacro %}
{% macro default__test_unique(model, column_name) %}select 'root' as of_root from {{ model }} group by {{ column_name }} having count(*) > 5{% endmacro %}
{% macro get_incremental_append_sql(arg_dict) %}insert into {{ arg_dict.target_relation }} select 7 as id, 'appended by the root' as made{% endmacro %}
