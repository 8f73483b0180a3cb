{{ config(materialized='incremental', incremental_strategy='microbatch', event_time='at', batch_size='week', begin='2024-01-01') }}
select * from {{ ref('orders') }}
