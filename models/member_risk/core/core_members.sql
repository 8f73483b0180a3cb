with current_versions as (

    select * from {{ ref('core_member_history') }}
    where is_current

),

changes as (

    select
        member_id,
        count(*) as versions,
        count(distinct member_status) as distinct_statuses
    from {{ ref('core_member_history') }}
    group by member_id

),

context as (

    select * from {{ ref('core_run_context') }}

),

regions as (

    select * from {{ ref('regions') }}

),

aged as (

    select
        current_versions.*,
        {{ completed_years('current_versions.date_of_birth', 'context.as_of_date') }} as age,
        {{ dbt.datediff('current_versions.enrollment_date', 'context.as_of_date', 'day') }} as tenure_days,
        changes.versions,
        changes.distinct_statuses,
        coalesce(regions.region, 'Unknown') as region
    from current_versions
    cross join context
    inner join changes on current_versions.member_id = changes.member_id
    left join regions on current_versions.state = regions.state

)

select
    member_id,
    first_name,
    last_name,
    date_of_birth,
    age,
    case
        when age < 25 then '18-24'
        when age < 40 then '25-39'
        when age < 55 then '40-54'
        when age < 70 then '55-69'
        else '70+'
    end as age_band,
    gender,
    email,
    city,
    state,
    region,
    postal_code,
    plan_type,
    enrollment_date,
    termination_date,
    member_status,
    member_status = 'active' as is_active,
    {{ money('annual_income') }} as annual_income,
    case
        when annual_income is null then 'unknown'
        when annual_income < 25000 then 'under_25k'
        when annual_income < 50000 then '25k_50k'
        when annual_income < 100000 then '50k_100k'
        else 'over_100k'
    end as income_band,
    employment_status,
    coalesce(household_size, 1) as household_size,
    cast(tenure_days as bigint) as tenure_days,
    cast(versions as bigint) as versions,
    cast(distinct_statuses as bigint) as distinct_statuses,
    valid_from as last_changed_at,
    first_loaded_on
from aged
