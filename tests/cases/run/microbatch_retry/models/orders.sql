select id, amount, happened as ordered_at from {{ source('raw', 'events') }}
