{#- The daily change extracts as they came: what each of them said of a version of a member. The snapshot `member_snapshot` is fed from it. -#}
{{ config(materialized='view') }}

with delivered as (

    select
        *,
        -- A version that is in the same day's extract more than once: the last record counts.
        row_number() over (
            partition by member_id, updated_at, load_date
            order by source_file desc, source_row desc
        ) as delivery_number
    from {{ ref('stg_members') }}

),

hashed as (

    select
        *,
        {{ surrogate_key([
            'first_name', 'last_name', 'date_of_birth', 'gender', 'email', 'city', 'state', 'postal_code', 'plan_type', 'enrollment_date',
            'termination_date', 'member_status', 'annual_income', 'employment_status', 'household_size'
        ]) }} as content_hash
    from delivered
    where delivery_number = 1

),

compared as (

    select
        *,
        lag(content_hash) over (partition by member_id, updated_at order by load_date) as previous_hash
    from hashed

)

select
    member_id,
    updated_at as changed_at,
    load_date,
    -- The first of the deliveries without a break that say the same.
    max(case when previous_hash is null or previous_hash <> content_hash then load_date end) over (
        partition by member_id, updated_at
        order by load_date
        rows between unbounded preceding and current row
    ) as said_since,
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
from compared
