-- The members' totals add up to the facts' totals.
with facts as (

    select sum(spend_usd) as spend_usd
    from {{ ref('fct_transactions') }}
    where transaction_date <= (select context.as_of_date from {{ ref('core_run_context') }} as context)

),

behavior as (

    select sum(spend_usd) as spend_usd from {{ ref('transaction_behavior_metrics') }}

),

indicators as (

    select sum(spend_usd) as spend_usd from {{ ref('high_cost_fraud_indicators') }}

)

select
    facts.spend_usd as fact_spend_usd,
    behavior.spend_usd as behavior_spend_usd,
    indicators.spend_usd as indicator_spend_usd
from facts
cross join behavior
cross join indicators
where
    facts.spend_usd <> behavior.spend_usd
    or facts.spend_usd <> indicators.spend_usd
