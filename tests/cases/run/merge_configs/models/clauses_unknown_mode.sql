{{ config(merge_clauses={'when_matched': [{'action': 'update', 'mode': 'nosuch'}]}) }}
{{ rows() }}
