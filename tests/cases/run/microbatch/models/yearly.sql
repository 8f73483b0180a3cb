{{ config(
    materialized='incremental', incremental_strategy='microbatch',
    event_time='happened', batch_size='year', begin='2024-06-01'
) }}
select id, happened, '{{ model.batch.id if model.batch else '' }}' as batch from {{ source('raw', 'events') }}
