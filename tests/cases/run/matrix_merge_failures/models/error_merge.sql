{{ config(materialized='incremental', incremental_strategy='merge', unique_key='id', merge_clauses={
  'when_matched': [{'action': 'error', 'condition': "DBT_INTERNAL_SOURCE.val = 'x'", 'error_message': "it's an x"}, {'action': 'update', 'mode': 'by_name'}],
  'when_not_matched': [{'action': 'insert', 'mode': 'by_name'}]}) }}
{{ rows() }}
