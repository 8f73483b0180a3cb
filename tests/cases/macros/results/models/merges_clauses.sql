{{ config(materialized='incremental', incremental_strategy='merge', merge_clauses={
  'when_matched': [{'action': 'delete', 'condition': 'DBT_INTERNAL_SOURCE.gone'}, {'action': 'update', 'mode': 'star'}, {'action': 'update', 'mode': 'by_position'}, {'action': 'update', 'mode': 'explicit', 'update': {'include': ['name'], 'set_expressions': {'n': 'n + 1'}}}, {'action': 'update', 'mode': 'explicit', 'update': {'exclude': ['id']}}, {'action': 'do_nothing'}, {'action': 'error', 'error_message': "it's wrong"}],
  'when_not_matched': [{'action': 'insert', 'mode': 'explicit', 'insert': {'columns': ['id'], 'values': ['DBT_INTERNAL_SOURCE.id']}}, {'action': 'insert', 'mode': 'star'}, {'action': 'insert', 'mode': 'by_position', 'condition': 'true'}, {'action': 'update', 'by': 'source', 'set_expressions': {'n': '0'}}, {'action': 'delete', 'by': 'source'}, {'action': 'do_nothing'}]}) }}
{% if execute %}
{% set columns = [api.Column('id', 'integer'), api.Column('name', 'varchar'), api.Column('n', 'integer')] %}
{{ get_merge_sql(this, this, 'id', columns) }}
{% endif %}
