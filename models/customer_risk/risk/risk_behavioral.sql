{#- What is bought and how: goods in bulk, hardly anything at full price, one product again and again. -#}
with metrics as (

    select * from {{ ref('stg_customer_metrics') }}

),

repeated as (

    select
        by_product.customer_id,
        max(by_product.orders_with_product) as most_orders_of_a_product
    from (
        select
            orders.customer_id,
            items.product_id,
            count(distinct items.order_id) as orders_with_product
        from {{ ref('stg_order_items') }} as items
        inner join {{ ref('stg_orders') }} as orders on items.order_id = orders.order_id
        group by orders.customer_id, items.product_id
    ) as by_product
    group by by_product.customer_id

),

measured as (

    select
        metrics.customer_id,
        metrics.largest_quantity,
        {{ ratio('metrics.total_discount', 'metrics.total_spent + metrics.total_discount') }} as discount_share,
        cast(coalesce(repeated.most_orders_of_a_product, 0) as bigint) as most_orders_of_a_product
    from metrics
    left join repeated on metrics.customer_id = repeated.customer_id

)

select
    customer_id,
    largest_quantity,
    discount_share,
    most_orders_of_a_product,
    {{ score(
        '0.5 * ' ~ part_of('largest_quantity - 5', 20)
        ~ ' + 0.4 * ' ~ part_of('discount_share - 0.2', 0.2)
        ~ ' + 0.1 * ' ~ part_of('most_orders_of_a_product - 1', 3)
    ) }} as risk_score
from measured
