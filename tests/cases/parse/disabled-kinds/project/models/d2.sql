select 1 from {{ ref('d1b') }}
