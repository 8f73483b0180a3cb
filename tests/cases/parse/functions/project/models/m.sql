select {{ function('plus') }}(1) as x, {{ function('shop', 'loud') if false else function('shop', 'shout') }}('a') as y
