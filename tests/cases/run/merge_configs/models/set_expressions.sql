{{ config(merge_update_set_expressions={'amount': 'DBT_INTERNAL_DEST.amount + DBT_INTERNAL_SOURCE.amount', 'name': "DBT_INTERNAL_DEST.name || '/' || DBT_INTERNAL_SOURCE.name"}) }}
{{ rows() }}
