-- A few orphans and wrong dates are normal. More than three in a hundred of one kind is a broken delivery.
{{ config(severity='error') }}

with quarantined as (

    select
        entity,
        quarantine_reason,
        count(*) as row_count
    from {{ ref('core_quarantine') }}
    group by entity, quarantine_reason

),

staged as (

    select
        'transactions' as entity,
        count(*) as row_count
    from {{ ref('stg_transactions') }}
    union all
    select
        'visits' as entity,
        count(*) as row_count
    from {{ ref('stg_visits') }}

)

select
    quarantined.entity,
    quarantined.quarantine_reason,
    quarantined.row_count,
    staged.row_count as staged_rows
from quarantined
inner join staged on quarantined.entity = staged.entity
where quarantined.row_count * 100 > staged.row_count * 3
