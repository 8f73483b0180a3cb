select * from {{ sampled('orders') if execute else 'orders' }}
