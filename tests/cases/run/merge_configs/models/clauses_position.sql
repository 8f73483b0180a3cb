{{ config(merge_clauses={'when_matched': [{'action': 'update', 'mode': 'by_position'}], 'when_not_matched': [{'action': 'insert', 'mode': 'by_position'}]}) }}
{{ rows() }}
