select {{ plain(1) }} as a from {{ source('raw', 'orders') }} join {{ source('raw', 'orders') }} as again using (id)
