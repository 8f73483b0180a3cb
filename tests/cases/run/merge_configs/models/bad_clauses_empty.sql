{{ config(merge_clauses={}) }}
{{ rows() }}
