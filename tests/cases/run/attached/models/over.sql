select * from {{ ref('tf') }}(3)
