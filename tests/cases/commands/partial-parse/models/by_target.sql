{{ config(alias='at_' ~ target.name) }}
select 1 as id
