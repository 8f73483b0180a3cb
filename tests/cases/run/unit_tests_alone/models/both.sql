select o.id, o.name as old_name, n.name as new_name
from {{ ref('dim', v=1) }} o join {{ ref('dim', v=2) }} n using (id)
