{{ config(incremental_predicates=3) }}
{{ rows() }}
