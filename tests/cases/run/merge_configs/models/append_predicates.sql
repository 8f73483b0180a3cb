{{ config(incremental_strategy='append', incremental_predicates=['id > 4']) }}
{{ rows() }}
