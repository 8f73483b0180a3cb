select {{ function(1) }}(1)
