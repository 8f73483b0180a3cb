with rule as (

    {{ alert_rule('spend_after_silence') }}

),

-- The member's first transaction of the days looked at, and the last one before them.
returns as (

    select
        facts.member_id,
        min(case when facts.transaction_date >= rule.alerts_from then facts.transaction_date end) as returned_on,
        max(case when facts.transaction_date < rule.alerts_from then facts.transaction_date end) as last_seen_on,
        {{ count_if('facts.transaction_date < rule.alerts_from') }} as earlier_transactions
    from {{ ref('fct_transactions') }} as facts
    cross join rule
    where facts.transaction_date <= rule.as_of_date
    group by facts.member_id

),

silent as (

    select
        member_id,
        returned_on,
        earlier_transactions,
        {{ dbt.datediff('last_seen_on', 'returned_on', 'day') }} as silent_days
    from returns
    where
        returned_on is not null
        and last_seen_on is not null

),

spending as (

    select
        silent.member_id,
        silent.returned_on,
        silent.earlier_transactions,
        silent.silent_days,
        {{ money('sum(facts.spend_usd)') }} as spend_usd
    from silent
    inner join {{ ref('fct_transactions') }} as facts
        on silent.member_id = facts.member_id
        and silent.returned_on = facts.transaction_date
    cross join rule
    where silent.silent_days >= rule.medium_at
    group by silent.member_id, silent.returned_on, silent.earlier_transactions, silent.silent_days

)

select
    spending.member_id,
    spending.returned_on as alerted_on,
    rule.rule_code,
    cast(null as {{ dbt.type_string() }}) as event_id,
    spending.spend_usd as observed_value,
    {{ money('0') }} as expected_value,
    cast(spending.silent_days as decimal(18, 2)) as score
from spending
cross join rule
where
    spending.spend_usd >= rule.minimum_observed
    and spending.earlier_transactions >= rule.minimum_history
