{{ config(materialized='incremental', incremental_strategy='microbatch', event_time='at', begin='2026-01-01', batch_size='day') }}
select cast('2026-01-01' as timestamp) as at
