with members as (

    select member_id from {{ ref('core_members') }}

),

events as (

    select
        'transactions' as entity,
        transaction_id as event_id,
        member_id,
        transaction_date as event_date,
        {{ money('amount') }} as amount,
        load_date,
        source_file,
        source_row
    from {{ ref('stg_transactions') }}

    union all

    select
        'visits' as entity,
        visit_id as event_id,
        member_id,
        admitted_on as event_date,
        {{ money('billed_amount') }} as amount,
        load_date,
        source_file,
        source_row
    from {{ ref('stg_visits') }}

)

select
    events.entity,
    events.event_id,
    events.member_id,
    events.event_date,
    events.amount,
    case
        when members.member_id is null then 'unknown_member'
        else 'future_date'
    end as quarantine_reason,
    events.load_date,
    events.source_file,
    events.source_row
from events
left join members on events.member_id = members.member_id
where
    members.member_id is null
    or events.event_date > events.load_date
