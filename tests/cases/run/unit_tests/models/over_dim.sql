select id, country from {{ ref('dim', v=2) }} where id < 10
