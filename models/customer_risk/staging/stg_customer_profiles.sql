{{ config(materialized='table', pre_hook="{{ set_pii_salt() }}") }}

with source as (

    select * from {{ source('customer_api', 'users') }}

),

newest as (

    select
        source.*,
        row_number() over (partition by source.user_id order by source.source_file desc, source.source_row desc) as version_rank
    from source

),

normalised as (

    select
        user_id as customer_id,
        {{ collapse_spaces('first_name') }} as first_name,
        {{ collapse_spaces('last_name') }} as last_name,
        lower(trim(email)) as email,
        trim(phone) as phone,
        age,
        cast(extract(year from birth_date) as integer) as birth_year,
        case lower(trim(gender))
            when 'female' then 'female'
            when 'male' then 'male'
            when 'other' then 'other'
            else 'unknown'
        end as gender,
        trim(city) as city,
        upper(trim(state_code)) as state_code,
        coalesce(trim(country), 'unknown') as country,
        latitude,
        longitude,
        trim(company_country) as company_country,
        company_latitude,
        company_longitude,
        upper(trim(currency)) as currency,
        card_type,
        case
            when cast(substr(card_expires, 1, 2) as integer) between 1 and 12
                then cast('20' || substr(card_expires, 4, 2) || '-' || substr(card_expires, 1, 2) || '-01' as date)
        end as card_expires_month,
        coalesce({{ normalise_code('role') }}, 'unknown') as customer_role,
        street is not null and city is not null as has_address,
        company_name is not null as has_company,
        university is not null as has_university,
        source_file,
        source_row
    from newest
    where version_rank = 1

)

select
    customer_id,
    concat({{ pii_name('first_name') }}, ' ', {{ pii_name('last_name') }}) as full_name,
    {{ pii_hash('email') }} as email_hash,
    case when position('@' in email) > 1 then substr(email, position('@' in email) + 1) end as email_domain,
    {{ pii_phone('phone') }} as phone_masked,
    age,
    birth_year,
    gender,
    city,
    state_code,
    country,
    latitude,
    longitude,
    company_country,
    company_latitude,
    company_longitude,
    currency,
    card_type,
    card_expires_month,
    customer_role,
    first_name is not null and last_name is not null as has_name,
    position('@' in coalesce(email, '')) > 1 as has_email,
    phone is not null as has_phone,
    birth_year is not null as has_birth_date,
    has_address,
    latitude is not null and longitude is not null as has_coordinates,
    has_company,
    has_university,
    source_file,
    source_row
from normalised
