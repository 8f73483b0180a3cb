{{ config(materialized='incremental', incremental_strategy='microbatch', event_time='at', batch_size='month', begin='2024-01-02T03:04:05+02:00', lookback=none) }}
select * from {{ ref('orders') }}
