{{ config(alias='p_' ~ var('from_project', 'none')) }}
select 1 as id
