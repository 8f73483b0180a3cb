with rule as (

    {{ alert_rule('first_high_cost_visit') }}

),

visits as (

    select
        facts.member_id,
        facts.visit_id,
        facts.admitted_on,
        facts.billed_amount,
        facts.is_high_cost,
        row_number() over (
            partition by facts.member_id, facts.is_high_cost
            order by facts.admitted_on, facts.visit_id
        ) as visit_number,
        sum(facts.billed_amount) over (
            partition by facts.member_id
            order by facts.admitted_on, facts.visit_id
            rows between unbounded preceding and 1 preceding
        ) as earlier_billed,
        count(*) over (
            partition by facts.member_id
            order by facts.admitted_on, facts.visit_id
            rows between unbounded preceding and 1 preceding
        ) as earlier_visits
    from {{ ref('fct_visits') }} as facts
    cross join rule
    where
        not facts.is_reversal
        and facts.admitted_on <= rule.as_of_date

)

select
    visits.member_id,
    visits.admitted_on as alerted_on,
    rule.rule_code,
    visits.visit_id as event_id,
    {{ money('visits.billed_amount') }} as observed_value,
    {{ money('case when visits.earlier_visits > 0 then round(visits.earlier_billed / visits.earlier_visits, 2) else 0 end') }} as expected_value,
    {{ multiple_of('visits.billed_amount', 'rule.minimum_observed') }} as score
from visits
cross join rule
where
    visits.is_high_cost
    and visits.visit_number = 1
    and visits.admitted_on >= rule.alerts_from
    and visits.billed_amount >= rule.minimum_observed
    and visits.earlier_visits >= rule.minimum_history
    and {{ multiple_of('visits.billed_amount', 'rule.minimum_observed') }} >= rule.medium_at
