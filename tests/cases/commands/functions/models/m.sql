{{ config(materialized='table') }}
select {{ function('plus') }}(1) as a, {{ function('plus') }}(1, 1) as b,
  {{ function('shout') }}('x') as c, (select {{ function('total') }}(i) from {{ function('series') }}(4)) as d
