{{ config(incremental_strategy='delete+insert', incremental_predicates=['id < 3', 'live']) }}
{{ rows() }}
