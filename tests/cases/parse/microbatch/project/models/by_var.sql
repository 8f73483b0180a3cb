{{ config(materialized='incremental', incremental_strategy='microbatch', event_time='at', batch_size='day', begin=var('START'), lookback=3) }}
select * from {{ ref('orders') }}
