select 1 as id, 'a view' as said
