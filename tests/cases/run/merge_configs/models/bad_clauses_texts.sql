{{ config(merge_clauses={'when_matched': ['update', 3], 'when_not_matched': 'insert'}) }}
{{ rows() }}
