{{ config(predicates=['DBT_INTERNAL_DEST.id < 3']) }}
{{ rows() }}
