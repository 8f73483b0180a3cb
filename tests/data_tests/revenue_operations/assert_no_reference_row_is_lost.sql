{#- Users, cards and merchant categories: delivered = in the dimension + rejected with a reason + rejected by the loader. -#}
with modelled as (

    {{ row_counts([['users', ref('dim_client')], ['cards', ref('dim_card')], ['mcc_codes', ref('dim_mcc')]]) }}
),

rejected as (

    select
        entity,
        count(*) as row_count
    from {{ ref('rejected_reference_rows') }}
    group by entity

),

loaded as (

    select
        entity,
        count(*) as row_count
    from {{ source('revenue_operations', 'rejects') }}
    group by entity

)

select
    audited.entity,
    audited.raw_rows,
    modelled.row_count as modelled_rows,
    rejected.row_count as rejected_rows,
    loaded.row_count as rejected_by_loader
from {{ source('revenue_operations', 'load_audit') }} as audited
inner join modelled on audited.entity = modelled.entity
left join rejected on audited.entity = rejected.entity
left join loaded on audited.entity = loaded.entity
where audited.raw_rows <> modelled.row_count + coalesce(rejected.row_count, 0) + coalesce(loaded.row_count, 0)
