with rule as (

    {{ alert_rule('transaction_velocity') }}

),

-- Declined ones count too: somebody tries.
counted as (

    select
        facts.member_id,
        facts.transaction_date,
        facts.transaction_id,
        facts.transaction_at,
        count(*) over (
            partition by facts.member_id
            order by facts.transaction_at
            range between interval '1' hour preceding and current row
        ) as within_an_hour
    from {{ ref('fct_transactions') }} as facts
    cross join rule
    where facts.transaction_date between rule.alerts_from and rule.as_of_date

),

-- The fullest hour of each day, told at its last transaction.
ranked as (

    select
        *,
        row_number() over (
            partition by member_id, transaction_date
            order by within_an_hour desc, transaction_at asc, transaction_id desc
        ) as hour_rank
    from counted

),

fullest as (

    select ranked.*
    from ranked
    cross join rule
    where
        ranked.hour_rank = 1
        and ranked.within_an_hour >= rule.minimum_observed
        and ranked.within_an_hour >= rule.medium_at

)

select
    fullest.member_id,
    fullest.transaction_date as alerted_on,
    rule.rule_code,
    fullest.transaction_id as event_id,
    {{ money('fullest.within_an_hour') }} as observed_value,
    {{ money('1') }} as expected_value,
    cast(fullest.within_an_hour as decimal(18, 2)) as score
from fullest
cross join rule
