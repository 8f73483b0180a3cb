select sum(weight) as total_weight
from {{ ref('risk_factors') }}
having sum(weight) <> 1 or count(*) <> 6
