select id, amount, happened from {{ source('raw', 'events') }}
