{{ config(merge_update_condition='true', merge_insert_condition='true', merge_update_columns=['name'], merge_exclude_columns=['id'], merge_update_set_expressions={'a': 'b'}, merge_on_using_columns=['id'], merge_returning_columns=['id'], merge_clauses={'when_matched': [{'action': 'delete'}]}) }}
{{ rows() }}
