{{ config(incremental_strategy='delete+insert', unique_key='nosuch') }}
{{ rows() }}
