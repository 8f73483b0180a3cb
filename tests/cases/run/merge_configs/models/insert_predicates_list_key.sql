{{ config(incremental_strategy='delete+insert', unique_key=['id', 'kind'], incremental_predicates=['DBT_INCREMENTAL_TARGET.id < 3']) }}
{{ rows() }}
