select id from {{ ref('m') }} where id > 1
