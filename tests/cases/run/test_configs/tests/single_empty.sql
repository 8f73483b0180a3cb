select id from {{ ref('m') }} where false
