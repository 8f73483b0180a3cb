-- None is lost: what the lake holds is what the loader counted, and raw rows are clean rows and rejected rows.
with audit as (

    select * from {{ ref('stg_load_audit') }}

),

clean as (

    select
        'members' as entity,
        load_date,
        count(*) as row_count
    from {{ source('lake', 'members') }}
    group by load_date

    union all

    select
        'transactions' as entity,
        load_date,
        count(*) as row_count
    from {{ source('lake', 'transactions') }}
    group by load_date

    union all

    select
        'visits' as entity,
        load_date,
        count(*) as row_count
    from {{ source('lake', 'visits') }}
    group by load_date

),

rejected as (

    select
        entity,
        load_date,
        count(*) as row_count
    from {{ source('lake_control', 'rejects') }}
    group by entity, load_date

)

select
    coalesce(audit.entity, clean.entity) as entity,
    coalesce(audit.load_date, clean.load_date) as load_date,
    audit.raw_rows,
    clean.row_count as clean_rows,
    rejected.row_count as rejected_rows
from audit
full outer join clean
    on audit.entity = clean.entity
    and audit.load_date = clean.load_date
left join rejected
    on audit.entity = rejected.entity
    and audit.load_date = rejected.load_date
where
    audit.entity is null
    or coalesce(clean.row_count, 0) <> audit.clean_rows
    or coalesce(rejected.row_count, 0) <> audit.rejected_rows
    or coalesce(clean.row_count, 0) + coalesce(rejected.row_count, 0) <> audit.raw_rows
