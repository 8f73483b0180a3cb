{{ config(materialized='incremental', unique_key='n') }}
select n, {{ is_incremental() }} as again from {{ ref('codes') }}
