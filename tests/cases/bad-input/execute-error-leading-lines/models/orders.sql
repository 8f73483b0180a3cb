

-- orders of the day
select 1 as id,
  {{ 1 // (0 if execute else 1) }} as share
