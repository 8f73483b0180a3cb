select * from {{ ref('a') }} join {{ ref('shop', 'a') }} using (id)

