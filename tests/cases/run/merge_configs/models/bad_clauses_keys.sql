{{ config(merge_clauses={'when_match': []}) }}
{{ rows() }}
