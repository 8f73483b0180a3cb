{{ config(merge_update_columns=[], merge_update_set_expressions={}, merge_exclude_columns=[], merge_clauses={'when_matched': [{'action': 'delete'}]}) }}
{{ rows() }}
