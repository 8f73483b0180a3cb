select 1 as id, '{{ pk.helper(1) }}' as x from {{ source('raw', 'orders') }}
