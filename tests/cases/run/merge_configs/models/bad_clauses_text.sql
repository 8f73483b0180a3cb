{{ config(merge_clauses='update') }}
{{ rows() }}
