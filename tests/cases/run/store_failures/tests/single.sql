select * from {{ ref('m') }} where id = 1
