select i as x from range(3) t(i)
