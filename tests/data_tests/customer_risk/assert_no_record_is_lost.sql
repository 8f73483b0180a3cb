{#- Rows in = rows out + rejects, for each list of the API: as the loader counted, and as found behind staging. -#}
{{ rows_unaccounted_for(
    source('customer_api_control', 'load_audit'),
    [
        ['users', ref('stg_customer_profiles')],
        ['products', ref('stg_products')],
        ['carts', ref('stg_orders')],
        ['cart_items', ref('stg_order_items')],
    ],
    ref('stg_rejected_records')
) }}
