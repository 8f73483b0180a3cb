with versions as (

    select * from {{ ref('stg_members') }}

),

-- The same version delivered more than once: the last delivery counts. (When the member first came, the first.)
numbered as (

    select
        *,
        row_number() over (
            partition by member_id, updated_at
            order by load_date desc, source_file desc, source_row desc
        ) as delivery_number,
        min(load_date) over (partition by member_id) as first_loaded_on
    from versions

),

distinct_versions as (

    select * from numbered
    where delivery_number = 1

),

-- Versions follow one another by the time of the change, not of the delivery.
chained as (

    select
        *,
        row_number() over (partition by member_id order by updated_at) as version_number,
        lead(updated_at) over (partition by member_id order by updated_at) as next_updated_at
    from distinct_versions

)

select
    {{ surrogate_key(['member_id', 'updated_at']) }} as member_version_key,
    member_id,
    version_number,
    updated_at as valid_from,
    next_updated_at as valid_to,
    next_updated_at is null as is_current,
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
    household_size,
    load_date,
    first_loaded_on
from chained
