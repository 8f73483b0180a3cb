with context as (

    select as_of_date from {{ ref('core_run_context') }}

),

transactions as (

    select facts.*
    from {{ ref('fct_transactions') }} as facts
    cross join context
    where facts.transaction_date <= context.as_of_date

),

card_signals as (

    select
        member_id,
        {{ money('sum(spend_usd)') }} as spend_usd,
        {{ count_if('is_fraud_flagged') }} as flagged_transactions,
        {{ money_if('is_fraud_flagged', 'spend_usd') }} as flagged_spend_usd,
        {{ count_if('is_large and is_night') }} as large_at_night,
        {{ count_if('is_large and is_foreign') }} as large_in_foreign_currency
    from transactions
    group by member_id

),

days as (

    select
        member_id,
        transaction_date,
        count(*) as transactions
    from transactions
    group by member_id, transaction_date

),

velocity as (

    select
        member_id,
        {{ count_if('transactions >= 5') }} as crowded_days
    from days
    group by member_id

),

visits as (

    select facts.*
    from {{ ref('fct_visits') }} as facts
    cross join context
    where facts.admitted_on <= context.as_of_date

),

care_signals as (

    select
        member_id,
        {{ count_if('is_high_cost') }} as high_cost_visits,
        {{ money_if('is_high_cost', 'billed_amount') }} as high_cost_amount,
        {{ money_if('not is_reversal', 'billed_amount') }} as billed_amount,
        {{ count_if('is_overpaid') }} as overpaid_claims,
        {{ count_if('is_high_cost_disputed') }} as disputed_high_cost_claims
    from visits
    group by member_id

),

-- The same treatment billed more than once under other numbers.
repeated_claims as (

    select
        member_id,
        count(*) - 1 as surplus_claims
    from visits
    where not is_reversal
    group by member_id, provider_id, diagnosis_code, admitted_on
    having count(*) > 1

),

repeats as (

    select
        member_id,
        cast(sum(surplus_claims) as bigint) as repeated_claims
    from repeated_claims
    group by member_id

),

members as (

    select member_id from {{ ref('dim_member') }}

),

combined as (

    select
        members.member_id,
        context.as_of_date,
        {{ money('coalesce(card_signals.spend_usd, 0)') }} as spend_usd,
        coalesce(card_signals.flagged_transactions, 0) as flagged_transactions,
        {{ money('coalesce(card_signals.flagged_spend_usd, 0)') }} as flagged_spend_usd,
        coalesce(card_signals.large_at_night, 0) as large_at_night,
        coalesce(card_signals.large_in_foreign_currency, 0) as large_in_foreign_currency,
        coalesce(velocity.crowded_days, 0) as crowded_days,
        coalesce(care_signals.high_cost_visits, 0) as high_cost_visits,
        {{ money('coalesce(care_signals.high_cost_amount, 0)') }} as high_cost_amount,
        {{ money('coalesce(care_signals.billed_amount, 0)') }} as billed_amount,
        coalesce(care_signals.overpaid_claims, 0) as overpaid_claims,
        coalesce(care_signals.disputed_high_cost_claims, 0) as disputed_high_cost_claims,
        coalesce(repeats.repeated_claims, 0) as repeated_claims
    from members
    cross join context
    left join card_signals on members.member_id = card_signals.member_id
    left join velocity on members.member_id = velocity.member_id
    left join care_signals on members.member_id = care_signals.member_id
    left join repeats on members.member_id = repeats.member_id

),

scored as (

    select
        *,
        -- One hit a flag, at most three from the network; the rules of our own count once each time.
        cast(
            least(3, flagged_transactions) + large_at_night + large_in_foreign_currency + least(2, crowded_days)
            + overpaid_claims + repeated_claims as bigint
        ) as fraud_rule_hits
    from combined

)

select
    member_id,
    as_of_date,
    spend_usd,
    flagged_transactions,
    flagged_spend_usd,
    {{ ratio('flagged_spend_usd', 'spend_usd') }} as flagged_spend_share,
    large_at_night,
    large_in_foreign_currency,
    crowded_days,
    overpaid_claims,
    repeated_claims,
    fraud_rule_hits,
    case
        when fraud_rule_hits = 0 then 'none'
        when fraud_rule_hits < 3 then 'low'
        when fraud_rule_hits < 5 then 'medium'
        else 'high'
    end as fraud_signal_level,
    billed_amount,
    high_cost_visits,
    high_cost_amount,
    disputed_high_cost_claims,
    high_cost_amount >= 25000 as is_high_cost_member
from scored
