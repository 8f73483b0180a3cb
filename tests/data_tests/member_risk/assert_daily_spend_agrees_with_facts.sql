-- The daily totals add up to the facts, day by day.
with by_day as (

    select
        transaction_date as activity_date,
        sum(spend_usd) as spend_usd,
        count(*) as transactions
    from {{ ref('fct_transactions') }}
    group by transaction_date

),

totals as (

    select
        activity_date,
        sum(spend_usd) as spend_usd,
        sum(transactions) as transactions
    from {{ ref('fct_daily_spend') }}
    group by activity_date

)

select
    coalesce(by_day.activity_date, totals.activity_date) as activity_date,
    by_day.spend_usd as fact_spend_usd,
    totals.spend_usd as daily_spend_usd
from by_day
full outer join totals on by_day.activity_date = totals.activity_date
where
    by_day.activity_date is null
    or totals.activity_date is null
    or by_day.spend_usd <> totals.spend_usd
    or by_day.transactions <> totals.transactions
