select i as id, i % 3 as customer_id, (i * 1.5)::decimal(10, 2) as amount from range({{ var('orders', 6) }}) t(i)
