select {{ function() }}(1)
