select {{ function('double') }}(1) as a, {{ function('lib', 'plus') }}(1) as b, {{ function('plus') }}(1, 2) as c
