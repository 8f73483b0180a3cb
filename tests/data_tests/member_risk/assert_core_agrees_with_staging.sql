-- Every staged transaction and visit is in core or in quarantine, and core has nothing that was not staged.
with staged as (

    select distinct
        'transactions' as entity,
        transaction_id as event_id
    from {{ ref('stg_transactions') }}
    union all
    select distinct
        'visits' as entity,
        visit_id as event_id
    from {{ ref('stg_visits') }}

),

modelled as (

    select
        'transactions' as entity,
        transaction_id as event_id
    from {{ ref('core_transactions') }}
    union all
    select
        'visits' as entity,
        visit_id as event_id
    from {{ ref('core_visits') }}

),

accounted_for as (

    select
        entity,
        event_id
    from modelled
    union
    select
        entity,
        event_id
    from {{ ref('core_quarantine') }}

)

select
    coalesce(staged.entity, accounted_for.entity) as entity,
    coalesce(staged.event_id, accounted_for.event_id) as event_id
from staged
full outer join accounted_for
    on staged.entity = accounted_for.entity
    and staged.event_id = accounted_for.event_id
where
    staged.event_id is null
    or accounted_for.event_id is null
