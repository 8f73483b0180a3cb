{{ config(alias='by_' ~ var('a', 'default')) }}
select 1 as id
