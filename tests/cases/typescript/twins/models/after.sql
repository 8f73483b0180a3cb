select * from {{ ref('as_query') }}
union all by name
select id as customer_id, amount as total from {{ ref('grows') }} where what = 'again'
