{{ config(
    materialized='incremental', incremental_strategy='microbatch',
    event_time='happened', batch_size='month', begin='2026-01-15', incremental_predicates=["id > 0"]
) }}
select id, happened, '{{ model.batch.id if model.batch else '' }}' as batch from {{ source('raw', 'events') }}
