select 1 as id, 'x' as x, 'y' as y, current_date as z
