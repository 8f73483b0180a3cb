select id, amount + 1 as more from {{ ref('eph') }}
