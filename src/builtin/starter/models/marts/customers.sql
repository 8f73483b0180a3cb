-- One row a customer. What was returned counts as an order, not as revenue.
select
    customer,
    count(*) as orders,
    min(ordered_at) as first_order_at,
    sum(case when is_returned then 0 else amount end) as revenue
from {{ ref('stg_orders') }}
group by customer
