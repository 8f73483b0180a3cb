with customers as (

    select customer_id from {{ ref('stg_customer_profiles') }}

),

extract_of as (

    select as_of_date from {{ ref('stg_extract') }}

),

orders as (

    select * from {{ ref('stg_orders') }}

),

items as (

    select
        orders.customer_id,
        products.category,
        order_items.product_id,
        order_items.quantity
    from {{ ref('stg_order_items') }} as order_items
    inner join orders on order_items.order_id = orders.order_id
    inner join {{ ref('stg_products') }} as products on order_items.product_id = products.product_id

),

by_order as (

    select
        customer_id,
        count(*) as order_count,
        sum(total_quantity) as total_quantity,
        sum(net_total) as total_spent,
        sum(discount_amount) as total_discount,
        max(net_total) as largest_order,
        min(ordered_on) as first_ordered_on,
        max(ordered_on) as last_ordered_on,
        count(distinct ordered_on) as active_days
    from orders
    group by customer_id

),

by_item as (

    select
        customer_id,
        count(distinct category) as category_count,
        count(distinct product_id) as product_count,
        max(quantity) as largest_quantity
    from items
    group by customer_id

)

select
    customers.customer_id,
    extract_of.as_of_date,
    cast(coalesce(by_order.order_count, 0) as bigint) as order_count,
    cast(coalesce(by_order.total_quantity, 0) as bigint) as total_quantity,
    {{ money('coalesce(by_order.total_spent, 0)') }} as total_spent,
    {{ money('coalesce(by_order.total_discount, 0)') }} as total_discount,
    {{ money('case when by_order.order_count > 0 then round(by_order.total_spent / by_order.order_count, 2) else 0 end') }} as average_order_value,
    {{ money('coalesce(by_order.largest_order, 0)') }} as largest_order,
    by_order.first_ordered_on,
    by_order.last_ordered_on,
    cast({{ dbt.datediff('by_order.first_ordered_on', 'extract_of.as_of_date', 'day') }} as bigint) as days_since_first_order,
    cast({{ dbt.datediff('by_order.last_ordered_on', 'extract_of.as_of_date', 'day') }} as bigint) as days_since_last_order,
    cast(coalesce(by_order.active_days, 0) as bigint) as active_days,
    cast(coalesce(by_item.category_count, 0) as bigint) as category_count,
    cast(coalesce(by_item.product_count, 0) as bigint) as product_count,
    cast(coalesce(by_item.largest_quantity, 0) as bigint) as largest_quantity
from customers
cross join extract_of
left join by_order on customers.customer_id = by_order.customer_id
left join by_item on customers.customer_id = by_item.customer_id
