{{ config(merge_clauses={'when_not_matched': [{'action': 'error', 'error_message': "it's new"}]}) }}
{{ rows() }}
