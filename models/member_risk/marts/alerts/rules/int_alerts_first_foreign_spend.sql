with rule as (

    {{ alert_rule('first_foreign_spend') }}

),

foreign_spend as (

    select
        facts.member_id,
        facts.transaction_id,
        facts.transaction_date,
        facts.spend_usd,
        row_number() over (
            partition by facts.member_id
            order by facts.transaction_at, facts.transaction_id
        ) as purchase_number
    from {{ ref('fct_transactions') }} as facts
    cross join rule
    where
        facts.is_foreign
        and facts.is_spend
        and facts.transaction_date <= rule.as_of_date

),

suspects as (

    select foreign_spend.*
    from foreign_spend
    cross join rule
    where
        foreign_spend.purchase_number = 1
        and foreign_spend.transaction_date >= rule.alerts_from
        and foreign_spend.spend_usd >= rule.minimum_observed

),

usual as (

    select
        facts.member_id,
        count(*) as purchases,
        {{ median('facts.spend_usd') }} as median_usd
    from {{ ref('fct_transactions') }} as facts
    cross join rule
    where
        facts.is_spend
        and facts.transaction_date >= rule.history_from
        and facts.transaction_date < rule.alerts_from
        and facts.member_id in (select suspects.member_id from suspects)
    group by facts.member_id

)

select
    suspects.member_id,
    suspects.transaction_date as alerted_on,
    rule.rule_code,
    suspects.transaction_id as event_id,
    suspects.spend_usd as observed_value,
    usual.median_usd as expected_value,
    {{ multiple_of('suspects.spend_usd', 'greatest(usual.median_usd, 1)') }} as score
from suspects
inner join usual on suspects.member_id = usual.member_id
cross join rule
where
    usual.purchases >= rule.minimum_history
    and {{ multiple_of('suspects.spend_usd', 'greatest(usual.median_usd, 1)') }} >= rule.medium_at
