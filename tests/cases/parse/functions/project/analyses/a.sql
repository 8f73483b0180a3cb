select {{ function('plus') }}(1)
