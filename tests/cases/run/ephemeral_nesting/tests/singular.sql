select * from {{ ref('e3') }} where id < 0
