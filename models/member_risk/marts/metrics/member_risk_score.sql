with components as (

    select * from {{ ref('member_risk_components') }}

),

bands as (

    select * from {{ ref('risk_bands') }}

),

scores as (

    select
        member_id,
        as_of_date,
        cast(round(sum(points), 2) as decimal(6, 2)) as risk_score,
        {% for component in ['chronic_burden', 'acute_care', 'care_cost', 'fraud_signals', 'spending_pattern', 'financial_strain', 'age'] -%}
        cast(sum(case when component = '{{ component }}' then points else 0 end) as decimal(9, 4)) as {{ component }}_points,
        {% endfor -%}
        max(case when component_rank = 1 and points > 0 then reason end) as top_reason_1,
        max(case when component_rank = 2 and points > 0 then reason end) as top_reason_2,
        max(case when component_rank = 3 and points > 0 then reason end) as top_reason_3
    from components
    group by member_id, as_of_date

)

select
    scores.member_id,
    scores.as_of_date,
    scores.risk_score,
    bands.risk_band,
    bands.band_order as risk_band_order,
    scores.chronic_burden_points,
    scores.acute_care_points,
    scores.care_cost_points,
    scores.fraud_signals_points,
    scores.spending_pattern_points,
    scores.financial_strain_points,
    scores.age_points,
    scores.top_reason_1,
    scores.top_reason_2,
    scores.top_reason_3
from scores
left join bands
    on scores.risk_score >= bands.min_score
    and scores.risk_score < bands.max_score
