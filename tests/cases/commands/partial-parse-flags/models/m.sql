{{ config(alias='first') }} select 1 as id
