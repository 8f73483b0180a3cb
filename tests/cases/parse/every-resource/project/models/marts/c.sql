select * from {{ ref('b') }} -- {{ var('size') }}
