{{ config(merge_on_using_columns=['id'], merge_returning_columns=['id'], merge_clauses={'when_matched': [{'action': 'update', 'mode': 'star'}]}) }}
{{ rows() }}
