lower(s)
