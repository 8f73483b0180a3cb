{{ config(merge_clauses={'when_matched': [{'action': 'delete', 'condition': 'not DBT_INTERNAL_SOURCE.live'}, {'action': 'update', 'mode': 'star'}], 'when_not_matched': [{'action': 'insert', 'mode': 'star'}]}) }}
{{ rows() }}
