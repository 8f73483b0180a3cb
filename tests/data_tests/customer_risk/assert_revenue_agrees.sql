{#- Revenue is the same wherever it is read: by order, by line, by customer in each mart. -#}
with counted as (

    select
        (select coalesce(sum(net_total), 0) from {{ ref('stg_orders') }}) as by_order,
        (select coalesce(sum(net_total), 0) from {{ ref('stg_order_items') }}) as by_line,
        (select coalesce(sum(total_spent), 0) from {{ ref('customer_360') }}) as by_customer,
        (select coalesce(sum(total_spent), 0) from {{ ref('customer_segmentation') }}) as by_segment,
        (select coalesce(sum(total_spent), 0) from {{ ref('fraud_analytics') }}) as by_risk,
        (select count(*) from {{ ref('stg_orders') }}) as orders

)

select *
from counted
where
    by_order <> by_customer
    or by_order <> by_segment
    or by_order <> by_risk
    -- The API rounds each line and each total by itself.
    or abs(by_order - by_line) > 0.01 * orders
