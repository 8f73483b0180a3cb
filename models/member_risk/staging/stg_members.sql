with source as (

    select * from {{ source('lake', 'members') }}

),

normalised as (

    select
        member_id,
        {{ collapse_spaces('first_name') }} as first_name,
        {{ collapse_spaces('last_name') }} as last_name,
        date_of_birth,
        case lower(trim(gender))
            when 'f' then 'F'
            when 'female' then 'F'
            when 'm' then 'M'
            when 'male' then 'M'
            when 'x' then 'X'
            when 'other' then 'X'
            else 'U'
        end as gender,
        lower(trim(email)) as email,
        {{ collapse_spaces('city') }} as city,
        upper(trim(state)) as state,
        trim(postal_code) as postal_code,
        coalesce({{ normalise_code('plan_type') }}, 'unknown') as plan_type,
        enrollment_date,
        termination_date,
        coalesce({{ normalise_code('status') }}, 'unknown') as member_status,
        annual_income,
        coalesce({{ normalise_code('employment_status') }}, 'unknown') as employment_status,
        case when household_size > 0 then household_size end as household_size,
        updated_at,
        load_date,
        source_file,
        source_row
    from source

)

select * from normalised
