select {{ function('switched_on') }}(), {{ function('lib', 'plus') }}(), {{ function('plus') }}(1)
