{{ config(incremental_strategy='delete+insert', unique_key='id * 2') }}
{{ rows() }}
