select id, name, '{{ target.schema }}' as built_in from {{ ref('raw') }}
