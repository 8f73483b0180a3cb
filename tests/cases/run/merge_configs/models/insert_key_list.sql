{{ config(incremental_strategy='delete+insert', unique_key=['id', 'kind']) }}
{{ rows() }}
