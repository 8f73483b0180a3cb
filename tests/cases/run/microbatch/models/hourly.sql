{{ config(
    materialized='incremental', incremental_strategy='microbatch',
    event_time='happened', batch_size='hour', begin='2026-11-01T20:30:00', concurrent_batches=true
) }}
select id, happened, '{{ model.batch.id if model.batch else '' }}' as batch from {{ source('raw', 'events') }}
