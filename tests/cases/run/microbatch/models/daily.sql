{{ config(
    materialized='incremental', incremental_strategy='microbatch',
    event_time='happened', batch_size='day', begin='2026-11-01',
    pre_hook="insert into landing.log values ('pre', '{{ model.batch.id }}', '{{ this.identifier }}')",
    post_hook="insert into landing.log values ('post', '{{ model.batch.id }}', '{{ is_incremental() }}')"
) }}
select
    o.id, o.ordered_at as happened, cast(o.amount as integer) as amount,
    (select count(*) from {{ source('raw', 'events').render() }}) as all_events,
    (select count(*) from {{ source('raw', 'events') }}) as events,
    (select count(*) from {{ source('raw', 'quoted') }}) as quoted,
    (select count(*) from {{ ref('inner_events') }}) as inner_events,
    (select count(*) from {{ source('raw', 'countries') }}) as countries,
    '{{ is_incremental() }}' as incremental
    {%- if model.batch %},
    '{{ model.batch.id }}' as batch,
    '{{ model.batch.event_time_start }}' as from_time,
    '{{ model.batch.event_time_end.isoformat() }}' as to_time,
    '{{ config.get("__dbt_internal_microbatch_event_time_start") }}' as old_from,
    '{{ model.config.__dbt_internal_microbatch_event_time_end }}' as old_to
    {%- endif %}
from {{ ref('orders') }} o
