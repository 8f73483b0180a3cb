{{ config(materialized='table', sql_header='set threads = 1;', indexes=[{'columns': ['id']}]) }}
{% if execute %}
{{ create_table_as(false, this, 'select 1 as id') }}
{{ create_view_as(this, 'select 1 as id') }}
{{ default__create_table_as(false, this, 'select 1 as id') }}
{{ default__create_view_as(this, 'select 1 as id') }}
{{ get_insert_overwrite_merge_sql(this, this, [], none, true) }}
{{ default__get_merge_sql(this, this, 'id', [api.Column('id', 'integer')]) }}
{{ duckdb__get_merge_sql(this, this, 'id', [api.Column('id', 'integer')]) }}
{% endif %}
