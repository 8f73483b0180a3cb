select 1 as product_id, 2 as b
