{#- An account that says little, or what can't be: missing fields, a throw-away or shared mailbox, an expired card, a child. -#}
with profiles as (

    select * from {{ ref('stg_customer_profiles') }}

),

extract_of as (

    select as_of_date from {{ ref('stg_extract') }}

),

domains as (

    select domain from {{ ref('disposable_domains') }}

),

mailboxes as (

    select
        email_hash,
        count(*) as accounts
    from profiles
    where email_hash is not null
    group by email_hash

),

measured as (

    select
        profiles.customer_id,
        {% set fields = ['has_name', 'has_email', 'has_phone', 'has_birth_date', 'has_address', 'has_coordinates', 'has_company', 'has_university'] -%}
        cast(
            {%- for field in fields %}
            {{ '+ ' if not loop.first }}case when profiles.{{ field }} then 1 else 0 end
            {%- endfor %} as bigint
        ) as fields_filled,
        domains.domain is not null as has_disposable_email,
        coalesce(mailboxes.accounts, 0) > 1 as shares_email,
        coalesce(
            extract(year from profiles.card_expires_month) * 12 + extract(month from profiles.card_expires_month)
            < extract(year from extract_of.as_of_date) * 12 + extract(month from extract_of.as_of_date),
            false
        ) as has_expired_card,
        coalesce(profiles.age < 18 or profiles.age > 100, false) as has_implausible_age
    from profiles
    cross join extract_of
    left join domains on profiles.email_domain = domains.domain
    left join mailboxes on profiles.email_hash = mailboxes.email_hash

)

select
    customer_id,
    fields_filled,
    cast(round(cast(fields_filled as decimal(9, 4)) * 100 / {{ fields | length }}, 0) as integer) as profile_completeness,
    has_disposable_email,
    shares_email,
    has_expired_card,
    has_implausible_age,
    {{ score(
        '0.5 * ' ~ part_of((fields | length) ~ ' - fields_filled', fields | length)
        ~ ' + case when has_disposable_email then 0.3 else 0 end'
        ~ ' + case when shares_email then 0.3 else 0 end'
        ~ ' + case when has_expired_card then 0.2 else 0 end'
        ~ ' + case when has_implausible_age then 0.2 else 0 end'
    ) }} as risk_score
from measured
