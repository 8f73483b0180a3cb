{{ config(merge_clauses={'when_matched': [{'action': 'do_nothing'}], 'when_not_matched': [{'action': 'do_nothing', 'condition': 'DBT_INTERNAL_SOURCE.id = 5'}, {'action': 'insert', 'mode': 'by_name'}]}) }}
{{ rows() }}
