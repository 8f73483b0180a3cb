{#- Rows in = rows out + rejects, for each list of the API: as the loader counted, and as found behind staging. -#}
with audited as (

    select
        entity,
        raw_rows,
        clean_rows,
        rejected_rows
    from {{ source('customer_api_control', 'load_audit') }}

),

staged as (

    select
        'users' as entity,
        count(*) as row_count
    from {{ ref('stg_customer_profiles') }}
    union all
    select
        'products' as entity,
        count(*) as row_count
    from {{ ref('stg_products') }}
    union all
    select
        'carts' as entity,
        count(*) as row_count
    from {{ ref('stg_orders') }}
    union all
    select
        'cart_items' as entity,
        count(*) as row_count
    from {{ ref('stg_order_items') }}

),

rejected as (

    select
        entity,
        count(*) as row_count
    from {{ ref('stg_rejected_records') }}
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
