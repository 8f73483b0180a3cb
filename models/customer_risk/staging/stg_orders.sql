select
    order_id,
    customer_id,
    ordered_at,
    cast(ordered_at as date) as ordered_on,
    line_count,
    total_quantity,
    gross_total,
    net_total,
    gross_total - net_total as discount_amount,
    source_file,
    source_row
from {{ ref('stg_api_orders') }}
where reject_reason is null
