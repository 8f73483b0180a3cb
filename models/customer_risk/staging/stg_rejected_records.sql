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

select
    entity,
    source_file,
    source_row,
    'loader' as rejected_by,
    'does_not_fit_schema' as reject_reason,
    reasons as details
from {{ source('customer_api_control', 'rejects') }}

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

select
    'carts' as entity,
    source_file,
    source_row,
    'staging' as rejected_by,
    reject_reason,
    cast(null as {{ dbt.type_string() }}) as details
from {{ ref('stg_api_orders') }}
where reject_reason is not null

union all

select
    'cart_items' as entity,
    source_file,
    source_row,
    'staging' as rejected_by,
    reject_reason,
    cast(null as {{ dbt.type_string() }}) as details
from {{ ref('stg_api_order_items') }}
where reject_reason is not null
