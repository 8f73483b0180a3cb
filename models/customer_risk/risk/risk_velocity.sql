{#- How fast orders follow each other. Orders without a time count for nothing. -#}
with customers as (

    select
        customer_id,
        as_of_date
    from {{ ref('stg_customer_metrics') }}

),

orders as (

    select
        order_id,
        customer_id,
        ordered_at,
        ordered_on,
        lag(ordered_at) over (partition by customer_id order by ordered_at, order_id) as previous_ordered_at
    from {{ ref('stg_orders') }}
    where ordered_at is not null

),

orders_a_day as (

    select
        orders.customer_id,
        orders.order_id,
        count(*) as orders_within_24h
    from orders
    inner join orders as earlier
        on orders.customer_id = earlier.customer_id
        and orders.ordered_at >= earlier.ordered_at
        and earlier.ordered_at > {{ dbt.dateadd('hour', -24, 'orders.ordered_at') }}
    group by orders.customer_id, orders.order_id

),

fastest as (

    select
        customer_id,
        max(orders_within_24h) as most_orders_within_24h
    from orders_a_day
    group by customer_id

),

recent as (

    select
        orders.customer_id,
        sum(case when {{ dbt.datediff('orders.ordered_on', 'customers.as_of_date', 'day') }} <= 30 then 1 else 0 end) as orders_30d,
        min({{ dbt.datediff('orders.previous_ordered_at', 'orders.ordered_at', 'minute') }}) as shortest_gap_minutes
    from orders
    inner join customers on orders.customer_id = customers.customer_id
    group by orders.customer_id

),

measured as (

    select
        customers.customer_id,
        cast(coalesce(fastest.most_orders_within_24h, 0) as bigint) as most_orders_within_24h,
        cast(coalesce(recent.orders_30d, 0) as bigint) as orders_30d,
        cast(recent.shortest_gap_minutes as bigint) as shortest_gap_minutes
    from customers
    left join fastest on customers.customer_id = fastest.customer_id
    left join recent on customers.customer_id = recent.customer_id

)

select
    customer_id,
    most_orders_within_24h,
    orders_30d,
    shortest_gap_minutes,
    {{ score(
        'greatest(' ~ part_of('most_orders_within_24h - 1', 3) ~ ', ' ~ part_of('orders_30d - 3', 9) ~ ', '
        ~ 'case when shortest_gap_minutes < 10 then 0.6 else 0 end)'
    ) }} as risk_score
from measured
