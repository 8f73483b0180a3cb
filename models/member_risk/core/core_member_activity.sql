with members as (

    select * from {{ ref('core_members') }}

),

transactions as (

    select
        member_id,
        count(*) as transactions,
        min(transaction_date) as first_transaction_on,
        max(transaction_date) as last_transaction_on,
        {{ money_if("amount_usd > 0 and transaction_status in ('posted', 'pending')", 'amount_usd') }} as spend_usd
    from {{ ref('core_transactions') }}
    group by member_id

),

visits as (

    select
        member_id,
        count(*) as visits,
        min(admitted_on) as first_visit_on,
        max(admitted_on) as last_visit_on,
        {{ money('sum(billed_amount)') }} as billed_amount,
        {{ money('sum(paid_amount)') }} as paid_amount
    from {{ ref('core_visits') }}
    group by member_id

)

select
    members.member_id,
    members.member_status,
    members.plan_type,
    members.region,
    cast(coalesce(transactions.transactions, 0) as bigint) as transactions,
    {{ money('coalesce(transactions.spend_usd, 0)') }} as spend_usd,
    transactions.first_transaction_on,
    transactions.last_transaction_on,
    cast(coalesce(visits.visits, 0) as bigint) as visits,
    {{ money('coalesce(visits.billed_amount, 0)') }} as billed_amount,
    {{ money('coalesce(visits.paid_amount, 0)') }} as paid_amount,
    visits.first_visit_on,
    visits.last_visit_on,
    case
        when transactions.member_id is not null and visits.member_id is not null then 'spends_and_visits'
        when transactions.member_id is not null then 'spends_only'
        when visits.member_id is not null then 'visits_only'
        else 'silent'
    end as activity_kind
from members
left join transactions on members.member_id = transactions.member_id
left join visits on members.member_id = visits.member_id
