{#- Every record of the users file, typed. The street is dropped, the place is rounded to a degree (some 100 km), of the birth the year stays. -#}
with typed as (

    select
        source_row,
        {{ whole_number('id') }} as client_id,
        {{ whole_number('current_age', digits=3) }} as current_age,
        {{ whole_number('retirement_age', digits=3) }} as retirement_age,
        {{ whole_number('birth_year', digits=4) }} as birth_year,
        case lower(trim(gender)) when 'female' then 'female' when 'male' then 'male' else 'unknown' end as gender,
        cast(round({{ decimal_number('latitude') }}, 0) as integer) as latitude_degree,
        cast(round({{ decimal_number('longitude') }}, 0) as integer) as longitude_degree,
        {{ currency_amount('per_capita_income') }} as per_capita_income,
        {{ currency_amount('yearly_income') }} as yearly_income,
        {{ currency_amount('total_debt') }} as total_debt,
        {{ whole_number('credit_score', digits=3) }} as credit_score,
        {{ whole_number('num_credit_cards', digits=3) }} as credit_card_count
    from {{ source('revenue_operations', 'users') }}

),

ranked as (

    select
        typed.*,
        row_number() over (partition by typed.client_id order by typed.source_row) as delivery_rank
    from typed

)

select
    source_row,
    client_id,
    current_age,
    retirement_age,
    birth_year,
    gender,
    latitude_degree,
    longitude_degree,
    per_capita_income,
    yearly_income,
    total_debt,
    credit_score,
    credit_card_count,
    {{ codes_of([
        ['unparseable_id', 'client_id is null'],
        ['duplicate_id', 'client_id is not null and delivery_rank > 1'],
    ]) }} as reject_reasons
from ranked
