select cast(order_id as integer) as order_id, cast(amount as decimal(18, 2)) as amount, cast('x' as varchar) as note from {{ ref('orders') }}
