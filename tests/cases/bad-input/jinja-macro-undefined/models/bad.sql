select
    order_id,
    {{ cent_to_dollars('amount') }} as amount
from {{ ref('orders') }}
