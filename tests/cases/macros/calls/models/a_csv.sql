{{ config(materialized='external', location='a_file.csv', options={'delimiter': '|', 'header': 1}) }}
select id, name from {{ ref('a_file') }}
