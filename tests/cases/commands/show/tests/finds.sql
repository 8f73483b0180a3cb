select id from {{ ref('fruit') }} where id > 1
