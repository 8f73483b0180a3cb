select
    order_id,
    line_number,
    product_id,
    unit_price,
    quantity,
    discount_percentage,
    gross_total,
    net_total,
    source_file,
    source_row
from {{ ref('stg_api_order_items') }}
where reject_reason is null
