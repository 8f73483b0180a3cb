{{ config(materialized='incremental', incremental_strategy='microbatch', event_time='happened', batch_size='day', begin='2026-11-01', lookback=1, on_schema_change='append_new_columns') }}
select * from {{ source('raw', 'events') }}
