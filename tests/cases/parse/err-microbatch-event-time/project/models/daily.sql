{{ config(materialized='incremental', incremental_strategy='microbatch', event_time=5, batch_size='day') }}
select * from {{ ref('orders') }}
