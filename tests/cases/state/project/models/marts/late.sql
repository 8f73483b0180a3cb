select cast('7' as integer) as days
