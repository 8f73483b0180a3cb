{{ config(materialized='ephemeral', contract={'enforced': false}) }}

{%- set components = {
    'chronic_burden': part_of('care.chronic_severity', 10),
    'acute_care': part_of('care.emergency_visits_90d + care.inpatient_stays_90d + care.readmissions', 4),
    'care_cost': part_of('care.allowed_90d_amount', 30000),
    'fraud_signals': part_of('indicators.fraud_rule_hits', 6),
    'spending_pattern': part_of(
        'least(1, behavior.risky_share / 0.8) + case when behavior.spend_trend > 1 '
        ~ 'then least(1, (behavior.spend_trend - 1) / 2) else 0 end', 2
    ),
    'financial_strain': part_of(
        'case when members.annual_income > 0 then least(1, behavior.spend_90d_usd / (members.annual_income / 4)) '
        ~ 'when behavior.spend_90d_usd > 0 then 0.3 else 0 end', 0.6
    ),
    'age': part_of('greatest(0, members.age - 40)', 45),
} %}

with members as (

    select * from {{ ref('dim_member') }}

),

behavior as (

    select * from {{ ref('transaction_behavior_metrics') }}

),

care as (

    select * from {{ ref('healthcare_utilization_metrics') }}

),

indicators as (

    select * from {{ ref('high_cost_fraud_indicators') }}

),

wide as (

    select
        members.member_id,
        care.as_of_date,
    {%- for component, expression in components.items() %}
    {{ expression }} as {{ component }}{{ ',' if not loop.last }}
    {%- endfor %}
    from members
    inner join behavior on members.member_id = behavior.member_id
    inner join care on members.member_id = care.member_id
    inner join indicators on members.member_id = indicators.member_id

)

{% for component in components %}
select
    member_id,
    as_of_date,
    '{{ component }}' as component,
    {{ component }} as component_value
from wide
{{ 'union all' if not loop.last }}
{% endfor %}
