{{ config(materialized='incremental', incremental_strategy='merge', merge_exclude_columns=['Name'], merge_update_set_expressions={'late': 'now()', 'n': 'n + 1'}) }}
{% if execute %}
{% set columns = [api.Column('id', 'integer'), api.Column('name', 'varchar'), api.Column('late', 'date'), api.Column('n', 'integer')] %}
{{ get_merge_sql(this, this, ['id', 'n'], columns) }}
{{ default__get_merge_sql(this, this, ['id', 'n'], columns) }}
{{ get_merge_sql(this, this, none, columns, ['id > 1']) }}
{% endif %}
