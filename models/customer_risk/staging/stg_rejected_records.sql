{#- Why a record of the extract is in no other model: one row a record, from the loader and from staging. No raw record, for it holds personal data. -#}
with superseded as (

    select
        'users' as entity,
        source_file,
        source_row,
        row_number() over (partition by user_id order by source_file desc, source_row desc) as version_rank
    from {{ source('customer_api', 'users') }}
    union all
    select
        'products' as entity,
        source_file,
        source_row,
        row_number() over (partition by product_id order by source_file desc, source_row desc) as version_rank
    from {{ source('customer_api', 'products') }}

)

{{ rejected_by_loader(source('customer_api_control', 'rejects')) }}

union all

select
    entity,
    source_file,
    source_row,
    'staging' as rejected_by,
    'delivered_again' as reject_reason,
    cast(null as {{ dbt.type_string() }}) as details
from superseded
where version_rank > 1

union all

{{ rejected_in_staging([
    ['carts', ref('stg_api_orders')],
    ['cart_items', ref('stg_api_order_items')],
]) }}
