select
  {{ function('pls') }}(1)
