select 1 as pid
