select 1 as id, 'new' as name, 2 as rank
