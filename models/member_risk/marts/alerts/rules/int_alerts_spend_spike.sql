with rule as (

    {{ alert_rule('spend_spike') }}

),

days as (

    select
        facts.member_id,
        facts.transaction_date,
        {{ money('sum(facts.spend_usd)') }} as spend_usd
    from {{ ref('fct_transactions') }} as facts
    cross join rule
    where
        facts.is_spend
        and facts.transaction_date between rule.history_from and rule.as_of_date
    group by facts.member_id, facts.transaction_date

),

suspects as (

    select days.*
    from days
    cross join rule
    where
        days.transaction_date >= rule.alerts_from
        and days.spend_usd >= rule.minimum_observed

),

-- Only for them is it worth to know what is usual.
history as (

    select
        days.member_id,
        days.spend_usd
    from days
    cross join rule
    where
        days.transaction_date < rule.alerts_from
        and days.member_id in (select suspects.member_id from suspects)

),

medians as (

    select
        member_id,
        count(*) as active_days,
        {{ median('spend_usd') }} as median_usd
    from history
    group by member_id

),

deviations as (

    select
        history.member_id,
        {{ median('abs(history.spend_usd - medians.median_usd)') }} as deviation_usd
    from history
    inner join medians on history.member_id = medians.member_id
    group by history.member_id

),

scored as (

    select
        suspects.member_id,
        suspects.transaction_date,
        suspects.spend_usd,
        medians.median_usd,
        medians.active_days,
        {{ robust_score('suspects.spend_usd', 'medians.median_usd', 'deviations.deviation_usd') }} as score
    from suspects
    inner join medians on suspects.member_id = medians.member_id
    inner join deviations on suspects.member_id = deviations.member_id

)

select
    scored.member_id,
    scored.transaction_date as alerted_on,
    rule.rule_code,
    cast(null as {{ dbt.type_string() }}) as event_id,
    scored.spend_usd as observed_value,
    scored.median_usd as expected_value,
    scored.score
from scored
cross join rule
where
    scored.active_days >= rule.minimum_history
    and scored.score >= rule.medium_at
