select 1 as only
