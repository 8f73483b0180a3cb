select 'x' as "Odd name", 1 as id, 2 as a, 3 as b, 1.5::numeric as amount
