{{ config(materialized='incremental', incremental_strategy='microbatch', event_time='at', batch_size='day', begin=20) }}
select * from {{ ref('orders') }}
