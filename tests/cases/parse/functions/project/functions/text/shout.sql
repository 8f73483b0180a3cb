upper(s)
