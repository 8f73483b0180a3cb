select * from {{ ref('stg_orders') }} where amount < 0 or '{{ var('broken') }}' = 'orders_positive'
