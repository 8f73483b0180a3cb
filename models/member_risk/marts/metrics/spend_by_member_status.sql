{#- Point in time: each transaction with the version of its member that held when it happened. -#}
with transactions as (

    select
        facts.transaction_id,
        facts.member_id,
        facts.spend_usd,
        cast({{ dbt.date_trunc('month', 'facts.transaction_date') }} as date) as activity_month,
        versions.member_status,
        versions.plan_type,
        members.member_status <> versions.member_status as has_other_status_now
    from {{ ref('fct_transactions') }} as facts
    inner join {{ ref('dim_member_history') }} as versions
        on facts.member_id = versions.member_id
        and facts.transaction_at >= versions.valid_from
        and facts.transaction_at < versions.valid_to
    inner join {{ ref('dim_member') }} as members on facts.member_id = members.member_id

)

select
    activity_month,
    member_status,
    plan_type,
    cast(count(*) as bigint) as transactions,
    cast(count(distinct member_id) as bigint) as members,
    {{ money('sum(spend_usd)') }} as spend_usd,
    {{ count_if('has_other_status_now') }} as transactions_of_other_status_now
from transactions
group by activity_month, member_status, plan_type
