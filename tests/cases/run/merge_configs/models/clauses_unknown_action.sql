{{ config(merge_clauses={'when_matched': [{'action': 'nosuch'}]}) }}
{{ rows() }}
