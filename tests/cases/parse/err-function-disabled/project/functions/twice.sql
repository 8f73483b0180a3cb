{{ function('plus') }}(x, x)
