{{ config(alias='orders_alias') }}
select s.id, s.amount, {{ doubled('s.amount') }} as doubled, c.name as country, s.day,
       '{{ var("region") }}' as region, '{{ env_var("HOME_PLANET", "earth") }}' as planet, e.kind
from {{ ref('stg') }} s
left join {{ ref('countries') }} c on c.code = s.country
left join {{ source('raw', 'events') }} e on e.order_id = s.id
