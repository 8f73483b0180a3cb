select 1 as id, 2 as "Odd Name", 3 as expr
