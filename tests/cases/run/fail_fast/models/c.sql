select * from {{ ref('b_bad') }}
