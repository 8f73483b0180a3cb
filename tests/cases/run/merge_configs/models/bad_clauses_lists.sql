{{ config(merge_clauses={'when_matched': {'action': 'update'}, 'when_not_matched': []}) }}
{{ rows() }}
