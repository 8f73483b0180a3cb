{{ config(merge_clauses={'when_matched': [{'action': 'update', 'mode': 'explicit', 'update': {'exclude': ['name', 'id']}}]}) }}
{{ rows() }}
