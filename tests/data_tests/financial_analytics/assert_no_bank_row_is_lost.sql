{#- Rows in = rows out + rejects, for each file of the extract: as the loader counted, and as found in silver. -#}
with audited as (

    select
        entity,
        raw_rows,
        clean_rows,
        rejected_rows
    from {{ source('bank_control', 'load_audit') }}

),

staged as (

    select
        'customers' as entity,
        count(*) as row_count
    from {{ ref('silver_customers') }}
    union all
    select
        'accounts' as entity,
        count(*) as row_count
    from {{ ref('silver_accounts') }}
    union all
    select
        'loans' as entity,
        count(*) as row_count
    from {{ ref('silver_loans') }}
    union all
    select
        'transactions' as entity,
        count(*) as row_count
    from {{ ref('silver_transactions') }}

),

rejected as (

    select
        entity,
        count(*) as row_count
    from {{ ref('silver_rejected_rows') }}
    group by entity

)

select
    audited.entity,
    audited.raw_rows,
    staged.row_count as staged_rows,
    rejected.row_count as rejected_rows
from audited
left join staged on audited.entity = staged.entity
left join rejected on audited.entity = rejected.entity
where
    audited.raw_rows <> audited.clean_rows + audited.rejected_rows
    or audited.raw_rows <> coalesce(staged.row_count, 0) + coalesce(rejected.row_count, 0)
