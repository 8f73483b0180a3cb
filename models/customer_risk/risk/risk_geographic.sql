{#- Places of an account that do not fit together: home and employer, country and currency, an address that is nowhere. -#}
with profiles as (

    select * from {{ ref('stg_customer_profiles') }}

),

currencies as (

    select * from {{ ref('country_currencies') }}

),

measured as (

    select
        profiles.customer_id,
        cast(
            round(
                cast({{ distance_km('profiles.latitude', 'profiles.longitude', 'profiles.company_latitude', 'profiles.company_longitude') }} as decimal(18, 6)),
                0
            ) as bigint
        )
            as home_to_company_km,
        profiles.company_country is not null and profiles.country <> profiles.company_country as has_foreign_company,
        currencies.currency is not null and profiles.currency is not null and profiles.currency <> currencies.currency as has_foreign_currency,
        not profiles.has_coordinates as is_nowhere
    from profiles
    left join currencies on profiles.country = currencies.country

)

select
    customer_id,
    home_to_company_km,
    has_foreign_company,
    has_foreign_currency,
    is_nowhere,
    {{ score(
        '0.4 * ' ~ part_of('coalesce(home_to_company_km, 0)', 5000)
        ~ ' + case when has_foreign_currency then 0.4 else 0 end'
        ~ ' + case when has_foreign_company then 0.2 else 0 end'
        ~ ' + case when is_nowhere then 0.3 else 0 end'
    ) }} as risk_score
from measured
