{% set column = 'order_id' %}

select
    {{ column }},
    amont
from {{ ref('orders') }}
