select {{ function('nowhere', 'plus') }}(1)
