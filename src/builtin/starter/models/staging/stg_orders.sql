-- One row an order, named and typed as the rest of the project wants it.
select
    order_id,
    customer,
    ordered_at,
    {{ cents_to_units('amount_cents') }} as amount,
    status = 'returned' as is_returned
from {{ ref('raw_orders') }}
