with rule as (

    {{ alert_rule('weekly_surge') }}

),

spending as (

    select
        facts.member_id,
        {{ dbt.datediff('min(facts.transaction_date)', 'min(rule.alerts_from)', 'day') }} as history_days,
        {{ dbt.datediff('min(rule.alerts_from)', 'min(rule.as_of_date)', 'day') }} + 1 as alert_days,
        max(facts.transaction_date) as last_on,
        {{ money_if('facts.transaction_date >= rule.alerts_from', 'facts.spend_usd') }} as observed_usd,
        {{ money_if('facts.transaction_date < rule.alerts_from', 'facts.spend_usd') }} as history_usd
    from {{ ref('fct_transactions') }} as facts
    cross join rule
    where
        facts.is_spend
        and facts.transaction_date between rule.history_from and rule.as_of_date
    group by facts.member_id

),

compared as (

    select
        member_id,
        last_on,
        history_days,
        observed_usd,
        {{ money('round(history_usd * alert_days / greatest(history_days, 1), 2)') }} as expected_usd
    from spending

)

select
    compared.member_id,
    compared.last_on as alerted_on,
    rule.rule_code,
    cast(null as {{ dbt.type_string() }}) as event_id,
    compared.observed_usd as observed_value,
    compared.expected_usd as expected_value,
    {{ multiple_of('compared.observed_usd', 'greatest(compared.expected_usd, 1)') }} as score
from compared
cross join rule
where
    compared.observed_usd >= rule.minimum_observed
    and compared.history_days >= rule.minimum_history
    and {{ multiple_of('compared.observed_usd', 'greatest(compared.expected_usd, 1)') }} >= rule.medium_at
