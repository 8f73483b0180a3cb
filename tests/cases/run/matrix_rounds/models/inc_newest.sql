{{ config(materialized='incremental', incremental_strategy='newest', on_schema_change='append_new_columns') }}
{{ new_rows() }}
