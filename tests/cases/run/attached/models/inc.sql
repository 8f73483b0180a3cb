{{ config(materialized='incremental', unique_key='n', incremental_strategy='merge', on_schema_change='sync_all_columns') }}
select {{ 2 if is_incremental() else 1 }} as n, 'x' as {{ 'more' if is_incremental() else 'less' }} from {{ ref('t') }}
