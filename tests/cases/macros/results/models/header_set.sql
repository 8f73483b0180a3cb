{% call set_sql_header(config) %}set threads = 2;{% endcall %}
{{ create_table_as(false, this, 'select 1 as id') }}
{{ config.get('sql_header') }}
