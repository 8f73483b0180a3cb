{#- Every line of the extract, with what keeps it from being used. -#}
with source as (

    select * from {{ source('customer_api', 'cart_items') }}

),

orders as (

    select
        order_id,
        reject_reason
    from {{ ref('stg_api_orders') }}
    where reject_reason is null or reject_reason <> 'delivered_again'

),

products as (

    select product_id from {{ ref('stg_products') }}

),

ranked as (

    select
        source.*,
        row_number() over (partition by source.cart_id, source.line_number order by source.source_file desc, source.source_row desc) as version_rank
    from source

)

select
    ranked.cart_id as order_id,
    ranked.line_number,
    ranked.product_id,
    ranked.price as unit_price,
    ranked.quantity,
    coalesce(ranked.discount_percentage, 0) as discount_percentage,
    ranked.total as gross_total,
    ranked.discounted_total as net_total,
    case
        when ranked.version_rank > 1 then 'delivered_again'
        when orders.order_id is null then 'unknown_order'
        when orders.reject_reason is not null then 'order_rejected'
        when products.product_id is null then 'unknown_product'
    end as reject_reason,
    ranked.source_file,
    ranked.source_row
from ranked
left join orders on ranked.cart_id = orders.order_id
left join products on ranked.product_id = products.product_id
