with known_now as (

    select * from {{ ref('member_snapshot') }}
    where dbt_valid_to = cast('9999-12-31' as timestamp)

),

chained as (

    select
        *,
        row_number() over (partition by member_id order by changed_at) as version_number,
        lead(changed_at) over (partition by member_id order by changed_at) as next_changed_at
    from known_now

),

regions as (

    select * from {{ ref('regions') }}

)

select
    {{ surrogate_key(['chained.member_id', 'chained.changed_at']) }} as member_version_key,
    chained.member_id,
    cast(chained.version_number as bigint) as version_number,
    chained.changed_at,
    -- Open at both ends: whatever happened when, exactly one version of the member held.
    case when chained.version_number = 1 then cast('1900-01-01' as timestamp) else chained.changed_at end as valid_from,
    coalesce(chained.next_changed_at, cast('9999-12-31' as timestamp)) as valid_to,
    chained.next_changed_at is null as is_current,
    chained.gender,
    chained.city,
    chained.state,
    coalesce(regions.region, 'Unknown') as region,
    chained.plan_type,
    chained.enrollment_date,
    chained.termination_date,
    chained.member_status,
    {{ money('chained.annual_income') }} as annual_income,
    chained.employment_status,
    coalesce(chained.household_size, 1) as household_size
from chained
left join regions on chained.state = regions.state
