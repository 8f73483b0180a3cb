{#-
    Every version of every member as the extracts delivered up to the run's day tell it: what `member_snapshot` looks at. The day is the variable
    `as_of_date`, else the last day delivered; time goes forward only, so that a day that is over, run again, changes nothing.
-#}
{{ config(materialized='ephemeral') }}

with context as (

    select
        {% if var('as_of_date') -%}
        cast('{{ var("as_of_date") }}' as date)
        {%- else -%}
        max(load_date)
        {%- endif %} as as_of_date
    from {{ ref('stg_members') }}

),

held as (

    select {{ snapshot_held_until('member_snapshot') }} as held_until

),

days as (

    select
        held.held_until,
        greatest(context.as_of_date, coalesce(held.held_until, context.as_of_date)) as run_day
    from context
    cross join held

),

-- The last delivery of a version counts.
ranked as (

    select
        deliveries.*,
        days.held_until,
        row_number() over (
            partition by deliveries.member_id, deliveries.changed_at
            order by deliveries.load_date desc
        ) as delivery_rank
    from {{ ref('core_member_deliveries') }} as deliveries
    inner join days on deliveries.load_date <= days.run_day

)

select
    member_id,
    changed_at,
    -- What a day that was over brings when it is delivered anew is known from now on, not from then.
    cast(greatest(said_since, coalesce(held_until, said_since)) as timestamp) as known_since,
    content_hash,
    first_name,
    last_name,
    date_of_birth,
    gender,
    email,
    city,
    state,
    postal_code,
    plan_type,
    enrollment_date,
    termination_date,
    member_status,
    annual_income,
    employment_status,
    household_size
from ranked
where delivery_rank = 1
