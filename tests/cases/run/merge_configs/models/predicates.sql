{{ config(incremental_predicates=['DBT_INTERNAL_DEST.id < 3', 'DBT_INTERNAL_SOURCE.live']) }}
{{ rows() }}
