{{ config(materialized='table') }}
{% if execute %}
{{ get_expected_sql([{'id': 1, 'NAME': 'x'}], {'id': 'integer', 'name': 'varchar'}, {'id': '"id"', 'name': '"name"'}) }}
{{ format_row({'id': 1}, {'id': 'integer'})['id'] }}
{{ get_unit_test_sql('select 1 as id', 'select 2 as id', ['"id"']) }}
{% endif %}
