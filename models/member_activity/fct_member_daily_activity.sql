{#-
    A day is one batch: it reads and replaces the rows of that day and no others. Which days, `--event-time-start` and `--event-time-end` say;
    `project/backfill.mjs activity` knows how to call it.
-#}
{{
    config(
        materialized='incremental',
        incremental_strategy='microbatch',
        event_time='activity_date',
        batch_size='day',
        begin=var('activity_begin'),
        lookback=12,
        on_schema_change='fail'
    )
}}

with transactions as (

    select
        member_id,
        transaction_date as activity_date,
        count(*) as transactions,
        sum(spend_usd) as spend_usd,
        sum(refund_usd) as refund_usd,
        max(spend_usd) as largest_purchase_usd,
        {{ count_if('is_declined') }} as declined,
        {{ count_if('is_fraud_flagged') }} as fraud_flagged
    from {{ ref('fct_transactions') }}
    group by member_id, transaction_date

),

visits as (

    select
        member_id,
        admitted_on as activity_date,
        count(*) as visits,
        sum(billed_amount) as billed_amount,
        {{ count_if('is_emergency') }} as emergency_visits
    from {{ ref('fct_visits') }}
    group by member_id, admitted_on

)

select
    coalesce(transactions.member_id, visits.member_id) as member_id,
    coalesce(transactions.activity_date, visits.activity_date) as activity_date,
    cast(coalesce(transactions.transactions, 0) as bigint) as transactions,
    {{ money('coalesce(transactions.spend_usd, 0)') }} as spend_usd,
    {{ money('coalesce(transactions.refund_usd, 0)') }} as refund_usd,
    {{ money('coalesce(transactions.largest_purchase_usd, 0)') }} as largest_purchase_usd,
    cast(coalesce(transactions.declined, 0) as bigint) as declined,
    cast(coalesce(transactions.fraud_flagged, 0) as bigint) as fraud_flagged,
    cast(coalesce(visits.visits, 0) as bigint) as visits,
    {{ money('coalesce(visits.billed_amount, 0)') }} as billed_amount,
    cast(coalesce(visits.emergency_visits, 0) as bigint) as emergency_visits
from transactions
full outer join visits
    on transactions.member_id = visits.member_id
    and transactions.activity_date = visits.activity_date
