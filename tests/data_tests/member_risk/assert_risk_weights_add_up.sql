-- A score can reach 100 and no more.
select sum(weight) as total_weight
from {{ ref('risk_weights') }}
having sum(weight) <> 100
