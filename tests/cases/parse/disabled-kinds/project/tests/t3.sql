select * from {{ ref('d1') }}
