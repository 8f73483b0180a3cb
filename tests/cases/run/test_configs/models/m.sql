select * from (values (1, 'a', 10), (2, 'b', 20), (2, null, 30), (3, 'c', null)) t(id, kind, amount)
