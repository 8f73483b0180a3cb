select
    client_id,
    birth_year,
    current_age,
    {{ age_band('current_age') }} as age_band,
    retirement_age,
    gender,
    latitude_degree,
    longitude_degree,
    {{ money('per_capita_income') }} as per_capita_income,
    {{ money('yearly_income') }} as yearly_income,
    {{ income_band('yearly_income') }} as income_band,
    {{ money('total_debt') }} as total_debt,
    {{ ratio('total_debt', 'yearly_income') }} as debt_to_income,
    credit_score,
    {{ credit_score_band('credit_score') }} as credit_score_band,
    credit_card_count
from {{ ref('stg_clients') }}
where reject_reasons is null
