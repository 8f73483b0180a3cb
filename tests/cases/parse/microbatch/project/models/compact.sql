{{ config(materialized='incremental', incremental_strategy='microbatch', event_time='at', batch_size='day', begin='20240102') }}
select * from {{ ref('orders') }}
