/* c */ with recursive r(n) as (select min(id) from {{ ref('e1') }} union all select n + 1 from r where n < 3)
select n from r
