-- {{ metric('revenue') }}
select 1 as a
