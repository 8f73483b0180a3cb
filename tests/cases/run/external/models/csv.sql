{{ config(materialized='external', format='csv', options={'header': 1}) }}
select * from {{ ref('ext') }}
