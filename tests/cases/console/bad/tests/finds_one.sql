select * from {{ ref('fine') }} where id = 1
