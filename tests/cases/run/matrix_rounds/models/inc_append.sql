{{ config(materialized='incremental', incremental_strategy='append') }}
{{ new_rows() }}
