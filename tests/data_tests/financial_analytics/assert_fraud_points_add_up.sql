select sum(points) as points
from {{ ref('fraud_rules') }}
having sum(points) <> 100
