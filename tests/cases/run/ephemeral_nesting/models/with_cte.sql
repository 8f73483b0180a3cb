-- a comment
with
  own as (
    select * from {{ ref('e3') }}
  ), -- another
  more as (select * from {{ ref('e1') }})
select own.id from own join more on own.id = more.id + 10
