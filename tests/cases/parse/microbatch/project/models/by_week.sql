{{ config(materialized='incremental', incremental_strategy='microbatch', event_time='at', batch_size='day', begin='2024-W03-2') }}
select * from {{ ref('orders') }}
