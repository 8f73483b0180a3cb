select id as order_id, customer_id, amount, cast(loaded_at as date) as ordered_on from {{ source('raw', 'orders') }}
