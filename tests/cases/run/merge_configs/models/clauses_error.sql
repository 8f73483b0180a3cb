{{ config(merge_clauses={'when_matched': [{'action': 'error'}]}) }}
{{ rows() }}
