{{ config(materialized='table', tags=['x', 'y'], meta={'owner': 'me', 'n': 1}) }}
select 1 as id
