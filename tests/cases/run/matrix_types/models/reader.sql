-- a view that stands on each kind: dropping what it reads must not take it along
select 'a' as what, count(*) as n from {{ ref('a_view_table') }} union all select 'b', count(*) from {{ ref('a_table_view') }}
union all select 'c', count(*) from {{ ref('a_incremental_view') }}
