select 'b' as b, 1 as a
