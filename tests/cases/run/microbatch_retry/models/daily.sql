{{ config(
    materialized='incremental', incremental_strategy='microbatch',
    event_time='happened', batch_size='day', begin='2026-11-01'
) }}
select id, ordered_at as happened, cast(amount as integer) as amount, '{{ model.batch.id if model.batch else '' }}' as batch
from {{ ref('orders') }}
