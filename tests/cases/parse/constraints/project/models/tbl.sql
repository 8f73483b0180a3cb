select 2 as id, 1 as b, 1.5 as c
