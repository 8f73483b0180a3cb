select 1 where {{ function('plus') }}(1, 1) <> 2
