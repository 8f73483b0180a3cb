select * from {{ ref('dim_products') }} cross join {{ ref('dim_customers') }}
