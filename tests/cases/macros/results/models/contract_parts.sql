{{ config(materialized='table') }}
{% if execute %}
{{ get_table_columns_and_constraints() }}
{{ table_columns_and_constraints() }}
{{ get_column_names() }}
{{ dbt.get_column_names() }}
{{ default__get_column_names() }}
{{ get_select_subquery('select 1') }}
{{ default__get_select_subquery('select 1') }}
{{ get_assert_columns_equivalent("select 1 as id, 'x' as name, 2 as extra") | trim }}
{{ assert_columns_equivalent("select 1 as id, 'x' as name, 2 as extra") | trim }}
{{ create_table_as(false, this, "select 1 as id, 'x' as name, 2 as extra") }}
{{ create_table_as(true, this, "select 1 as id, 'x' as name, 2 as extra") }}
{{ duckdb__create_table_as(false, this, "select 1 as id, 'x' as name, 2 as extra", partitioned_by='a', sorted_by='b') }}
{{ create_view_as(this, "select 1 as id, 'x' as name, 2 as extra") }}
{{ default__create_table_as(false, this, "select 1 as id, 'x' as name, 2 as extra") }}
{{ default__create_table_as(true, this, "select 1 as id, 'x' as name, 2 as extra") }}
{{ default__create_view_as(this, "select 1 as id, 'x' as name, 2 as extra") }}
{% endif %}
