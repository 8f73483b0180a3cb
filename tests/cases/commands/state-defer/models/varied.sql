select id, {{ var('column', 'missing') }} as value from {{ ref('parent') }}
