{{ config(tags=[env_var('CASE_PLACE', 'unset')]) }}
select 1 as id
