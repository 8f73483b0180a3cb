select cast(order_id as integer) as order_id from {{ ref('orders') }}
