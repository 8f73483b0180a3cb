{#- Every order of the extract once, with what keeps it from being used. -#}
with source as (

    select * from {{ source('customer_api', 'carts') }}

),

customers as (

    select customer_id from {{ ref('stg_customer_profiles') }}

),

ranked as (

    select
        source.*,
        row_number() over (partition by source.cart_id order by source.source_file desc, source.source_row desc) as version_rank
    from source

)

select
    ranked.cart_id as order_id,
    ranked.user_id as customer_id,
    ranked.created_at as ordered_at,
    ranked.total_products as line_count,
    ranked.total_quantity,
    ranked.total as gross_total,
    ranked.discounted_total as net_total,
    case
        when ranked.version_rank > 1 then 'delivered_again'
        when customers.customer_id is null then 'unknown_customer'
    end as reject_reason,
    ranked.source_file,
    ranked.source_row
from ranked
left join customers on ranked.user_id = customers.customer_id
