{{ config(materialized='incremental', incremental_strategy='append', event_time='at', batch_size='fortnight', begin='2024-01-02') }}
select * from {{ ref('orders') }}
