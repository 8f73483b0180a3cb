select *
from {{ ref('orders')
where true
