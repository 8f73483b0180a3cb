{{ config(incremental_strategy='append') }}
{{ rows() }}
