{{ config(group='gg') }} select 1 as id
