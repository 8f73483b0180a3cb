{{ config(merge_clauses={'when_matched': [{'mode': 'by_name'}]}) }}
{{ rows() }}
