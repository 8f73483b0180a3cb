{{ config(meta={'alert_file': 'member_anomaly_alerts.csv', 'alert_order': 'alert_key'}) }}

{%- set rule_models = [
    ref('int_alerts_spend_spike'), ref('int_alerts_weekly_surge'), ref('int_alerts_transaction_velocity'),
    ref('int_alerts_spend_after_silence'), ref('int_alerts_first_foreign_spend'), ref('int_alerts_first_high_cost_visit'),
    ref('int_alerts_bill_outlier'), ref('int_alerts_visit_surge'),
] %}

with found as (
    {% for rule_model in rule_models %}
    select
        member_id,
        alerted_on,
        rule_code,
        event_id,
        observed_value,
        expected_value,
        score
    from {{ rule_model }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

rules as (

    select * from {{ ref('anomaly_rules') }}

),

scores as (

    select * from {{ ref('member_risk_score') }}

)

select
    {{ surrogate_key(['found.rule_code', 'found.member_id', 'found.alerted_on', 'found.event_id']) }} as alert_key,
    scores.as_of_date,
    found.alerted_on,
    found.member_id,
    found.rule_code,
    rules.domain,
    case when found.score >= rules.high_at then 'high' else 'medium' end as severity,
    found.event_id,
    {{ money('found.observed_value') }} as observed_value,
    {{ money('found.expected_value') }} as expected_value,
    {{ money('found.score') }} as score,
    {{ money('case when found.score >= rules.high_at then rules.high_at else rules.medium_at end') }} as threshold,
    rules.rule_name || ': ' || cast({{ money('found.observed_value') }} as {{ dbt.type_string() }})
    || ' ' || rules.observed_unit || ', expected ' || cast({{ money('found.expected_value') }} as {{ dbt.type_string() }})
    || '; ' || cast({{ money('found.score') }} as {{ dbt.type_string() }}) || ' ' || rules.score_unit as explanation,
    scores.risk_score,
    scores.risk_band
from found
inner join rules on found.rule_code = rules.rule_code
inner join scores on found.member_id = scores.member_id
