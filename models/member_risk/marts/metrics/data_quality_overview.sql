with audit as (

    select
        entity,
        max(load_date) as last_load_date,
        sum(raw_rows) as raw_rows,
        sum(clean_rows) as clean_rows,
        sum(rejected_rows) as rejected_rows
    from {{ ref('stg_load_audit') }}
    group by entity

),

quarantine as (

    select
        entity,
        {{ count_if("quarantine_reason = 'unknown_member'") }} as unknown_member_rows,
        {{ count_if("quarantine_reason = 'future_date'") }} as future_dated_rows
    from {{ ref('core_quarantine') }}
    group by entity

),

modelled as (

    select
        'members' as entity,
        count(*) as modelled_rows
    from {{ ref('core_members') }}
    union all
    select
        'transactions' as entity,
        count(*) as modelled_rows
    from {{ ref('fct_transactions') }}
    union all
    select
        'visits' as entity,
        count(*) as modelled_rows
    from {{ ref('fct_visits') }}

),

combined as (

    select
        audit.entity,
        audit.last_load_date,
        cast(audit.raw_rows as bigint) as raw_rows,
        cast(audit.clean_rows as bigint) as clean_rows,
        cast(audit.rejected_rows as bigint) as rejected_rows,
        coalesce(quarantine.unknown_member_rows, 0) as unknown_member_rows,
        coalesce(quarantine.future_dated_rows, 0) as future_dated_rows,
        modelled.modelled_rows
    from audit
    inner join modelled on audit.entity = modelled.entity
    left join quarantine on audit.entity = quarantine.entity

)

select
    entity,
    last_load_date,
    raw_rows,
    clean_rows,
    rejected_rows,
    unknown_member_rows,
    future_dated_rows,
    cast(modelled_rows as bigint) as modelled_rows,
    -- Duplicates, corrections, and the earlier versions of members.
    cast(clean_rows - unknown_member_rows - future_dated_rows - modelled_rows as bigint) as superseded_rows,
    {{ ratio('rejected_rows', 'raw_rows') }} as rejected_share
from combined
