{{ config(alias='revenue_by_country', tags=['nightly', 'finance']) }}
select c.country, sum(o.amount * r.rate) as revenue, '{{ var("currency") }}' as currency
from {{ ref('orders') }} as o join {{ ref('customers') }} as c using (customer_id) cross join {{ ref('stg_rates') }} as r
where r.currency = '{{ var("currency") }}' group by all
