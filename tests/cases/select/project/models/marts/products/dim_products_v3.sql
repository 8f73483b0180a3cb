select 1 as product_id, 3 as b
