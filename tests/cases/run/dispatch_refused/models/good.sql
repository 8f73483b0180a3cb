select {{ greet('x') }} as said
