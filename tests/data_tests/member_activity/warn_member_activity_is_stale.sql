-- Days whose facts are not what they were when their batch ran: rows came later than the batches look back.
-- `node project/backfill.mjs activity --from …` makes them again.
{{ config(severity='warn', tags=['by_day']) }}

with facts as (

    select * from {{ ref('activity_facts') }}

),

activity as (

    select
        activity_date,
        sum(transactions) as transactions,
        sum(spend_usd) as spend_usd
    from {{ ref('fct_member_daily_activity') }}
    group by activity_date

)

select
    facts.activity_date,
    facts.transactions,
    activity.transactions as batch_transactions,
    facts.spend_usd,
    activity.spend_usd as batch_spend_usd
from facts
inner join activity on facts.activity_date = activity.activity_date
where
    facts.transactions <> activity.transactions
    or facts.spend_usd <> activity.spend_usd
