{{ config(materialized='incremental', incremental_strategy='microbatch', event_time='at', batch_size='day', begin='yesterday') }}
select * from {{ ref('orders') }}
