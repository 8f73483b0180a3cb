{{ config(materialized='incremental', incremental_strategy='microbatch', event_time='at', batch_size='year', begin='2024-01-02 03:04:05.123Z', concurrent_batches=false, lookback=true) }}
select * from {{ ref('orders') }}
