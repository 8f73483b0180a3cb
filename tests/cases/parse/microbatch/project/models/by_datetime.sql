{{ config(materialized='incremental', incremental_strategy='microbatch', event_time='at', batch_size='hour', begin=modules.datetime.datetime(2024, 1, 2, 3, 4), concurrent_batches=true) }}
select * from {{ ref('orders') }}
