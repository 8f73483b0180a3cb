select 2 as id, region from {{ ref('orders') }}
