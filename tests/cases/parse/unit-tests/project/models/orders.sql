select o.id, o.amount * {{ rate() }} as amount, c.name, '{{ var("region", "eu") }}' as region
from {{ source('raw', 'orders') }} as o left join {{ ref('countries') }} as c on c.code = o.country
