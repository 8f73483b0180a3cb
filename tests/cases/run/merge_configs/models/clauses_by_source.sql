{{ config(merge_clauses={'when_matched': [{'action': 'update', 'mode': 'by_name'}], 'when_not_matched': [{'action': 'insert', 'mode': 'by_name', 'by': 'target'}, {'action': 'delete', 'by': 'source', 'condition': "DBT_INTERNAL_DEST.kind = 'y'"}, {'action': 'update', 'by': 'source', 'set_expressions': {'live': 'false', 'name': "'gone'"}}]}) }}
{{ rows() }}
