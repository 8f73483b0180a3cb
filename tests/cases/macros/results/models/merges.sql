{{ config(materialized='incremental', incremental_strategy='merge', unique_key='id', merge_update_columns=['name'], merge_insert_condition='DBT_INTERNAL_SOURCE.id > 0', merge_update_condition='DBT_INTERNAL_SOURCE.id < 9', merge_on_using_columns=['id'], merge_returning_columns=['id', 'name']) }}
{% if execute %}
{% set columns = [api.Column('id', 'integer'), api.Column('name', 'varchar'), api.Column('Odd Name', 'varchar')] %}
{{ get_merge_sql(this, this, 'id', columns, ['DBT_INTERNAL_SOURCE.id > 1']) }}
{{ default__get_merge_sql(this, this, 'id', columns, ['DBT_INTERNAL_SOURCE.id > 1']) }}
{{ default__get_merge_sql(this, this, ['id', 'name'], columns) }}
{{ validate_merge_config(config, this) }}
{% endif %}
