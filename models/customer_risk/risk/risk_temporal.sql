{#- When orders are placed: at night (0 to 5 o'clock, UTC), and after a long sleep. Orders without a time count for nothing. -#}
with customers as (

    select customer_id from {{ ref('stg_customer_metrics') }}

),

orders as (

    select
        customer_id,
        extract(hour from ordered_at) as ordered_hour,
        {{ dbt.datediff(
            'lag(ordered_at) over (partition by customer_id order by ordered_at, order_id)', 'ordered_at', 'day'
        ) }} as days_asleep
    from {{ ref('stg_orders') }}
    where ordered_at is not null

),

by_customer as (

    select
        customer_id,
        count(*) as timed_orders,
        {{ count_if('ordered_hour < 5') }} as night_orders,
        max(days_asleep) as longest_sleep_days
    from orders
    group by customer_id

),

measured as (

    select
        customers.customer_id,
        cast(coalesce(by_customer.timed_orders, 0) as bigint) as timed_orders,
        cast(coalesce(by_customer.night_orders, 0) as bigint) as night_orders,
        {{ ratio('by_customer.night_orders', 'by_customer.timed_orders') }} as night_share,
        cast(by_customer.longest_sleep_days as bigint) as longest_sleep_days
    from customers
    left join by_customer on customers.customer_id = by_customer.customer_id

)

select
    customer_id,
    timed_orders,
    night_orders,
    night_share,
    longest_sleep_days,
    {{ score(
        'case when night_orders >= 2 then 0.8 * ' ~ part_of('night_share', 0.6) ~ ' when night_orders = 1 then 0.3 else 0 end'
        ~ ' + case when longest_sleep_days > 120 then 0.2 else 0 end'
    ) }} as risk_score
from measured
