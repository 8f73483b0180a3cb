select 1 as id, region from {{ ref('orders') }}
