with rule as (

    {{ alert_rule('bill_outlier') }}

),

visits as (

    select
        facts.member_id,
        facts.visit_id,
        facts.admitted_on,
        facts.billed_amount
    from {{ ref('fct_visits') }} as facts
    cross join rule
    where
        not facts.is_reversal
        and facts.admitted_on <= rule.as_of_date

),

suspects as (

    select visits.*
    from visits
    cross join rule
    where
        visits.admitted_on >= rule.alerts_from
        and visits.billed_amount >= rule.minimum_observed

),

-- Visits are rare: all of the member's earlier bills say what is usual, not those of 90 days.
history as (

    select
        visits.member_id,
        visits.billed_amount
    from visits
    cross join rule
    where
        visits.admitted_on < rule.alerts_from
        and visits.member_id in (select suspects.member_id from suspects)

),

medians as (

    select
        member_id,
        count(*) as bills,
        {{ median('billed_amount') }} as median_amount
    from history
    group by member_id

),

deviations as (

    select
        history.member_id,
        {{ median('abs(history.billed_amount - medians.median_amount)') }} as deviation_amount
    from history
    inner join medians on history.member_id = medians.member_id
    group by history.member_id

),

scored as (

    select
        suspects.*,
        medians.bills,
        medians.median_amount,
        {{ robust_score('suspects.billed_amount', 'medians.median_amount', 'deviations.deviation_amount') }} as score
    from suspects
    inner join medians on suspects.member_id = medians.member_id
    inner join deviations on suspects.member_id = deviations.member_id

)

select
    scored.member_id,
    scored.admitted_on as alerted_on,
    rule.rule_code,
    scored.visit_id as event_id,
    scored.billed_amount as observed_value,
    scored.median_amount as expected_value,
    scored.score
from scored
cross join rule
where
    scored.bills >= rule.minimum_history
    and scored.score >= rule.medium_at
