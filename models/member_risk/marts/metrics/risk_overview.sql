with scores as (

    select * from {{ ref('member_risk_score') }}

),

members as (

    select * from {{ ref('dim_member') }}

),

indicators as (

    select * from {{ ref('high_cost_fraud_indicators') }}

)

select
    scores.as_of_date,
    scores.risk_band,
    scores.risk_band_order,
    members.region,
    members.plan_type,
    cast(count(*) as bigint) as members,
    {{ count_if('members.is_active') }} as active_members,
    cast(round(cast(sum(scores.risk_score) as decimal(18, 4)) / count(*), 2) as decimal(6, 2)) as average_score,
    {{ money('sum(indicators.spend_usd)') }} as spend_usd,
    {{ money('sum(indicators.billed_amount)') }} as billed_amount,
    {{ money('sum(indicators.flagged_spend_usd)') }} as flagged_spend_usd,
    {{ count_if('indicators.is_high_cost_member') }} as high_cost_members
from scores
inner join members on scores.member_id = members.member_id
inner join indicators on scores.member_id = indicators.member_id
group by
    scores.as_of_date,
    scores.risk_band,
    scores.risk_band_order,
    members.region,
    members.plan_type
