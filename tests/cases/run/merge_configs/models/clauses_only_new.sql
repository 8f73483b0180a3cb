{{ config(merge_clauses={'when_not_matched': [{'action': 'insert', 'mode': 'by_name', 'condition': ['DBT_INTERNAL_SOURCE.live', 'DBT_INTERNAL_SOURCE.id > 0']}]}) }}
{{ rows() }}
