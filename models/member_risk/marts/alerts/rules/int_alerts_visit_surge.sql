with rule as (

    {{ alert_rule('visit_surge') }}

),

-- Two weeks up to the as-of date against the days before them, since the first day delivered.
periods as (

    select
        rule.*,
        context.first_load_date,
        cast({{ dbt.dateadd('day', -13, 'rule.as_of_date') }} as date) as surge_from
    from rule
    cross join {{ ref('core_run_context') }} as context

),

counted as (

    select
        facts.member_id,
        max(facts.admitted_on) as last_on,
        {{ count_if('facts.admitted_on >= periods.surge_from') }} as recent_visits,
        {{ count_if('facts.admitted_on < periods.surge_from and facts.admitted_on >= periods.history_from') }} as earlier_visits
    from {{ ref('fct_visits') }} as facts
    cross join periods
    where
        not facts.is_reversal
        and facts.admitted_on <= periods.as_of_date
    group by facts.member_id

),

compared as (

    select
        counted.member_id,
        counted.last_on,
        counted.recent_visits,
        periods.rule_code,
        periods.minimum_observed,
        periods.minimum_history,
        periods.medium_at,
        periods.alerts_from,
        counted.earlier_visits,
        {{ dbt.datediff('greatest(periods.first_load_date, periods.history_from)', 'periods.surge_from', 'day') }} as history_days
    from counted
    cross join periods

),

scored as (

    select
        *,
        -- Who hardly ever comes is expected half a time, or one visit would be infinitely many more.
        {{ money('greatest(0.5, round(earlier_visits * 14.0 / greatest(history_days, 1), 2))') }} as expected_visits
    from compared

)

select
    member_id,
    last_on as alerted_on,
    rule_code,
    cast(null as {{ dbt.type_string() }}) as event_id,
    {{ money('recent_visits') }} as observed_value,
    expected_visits as expected_value,
    {{ multiple_of('recent_visits', 'expected_visits') }} as score
from scored
where
    recent_visits >= minimum_observed
    and history_days >= minimum_history
    and last_on >= alerts_from
    and {{ multiple_of('recent_visits', 'expected_visits') }} >= medium_at
