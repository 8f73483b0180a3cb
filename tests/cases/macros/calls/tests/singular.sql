{{ config(store_failures_as='view', limit=10, severity='warn') }}
select * from {{ ref('a_table') }} where id > 1
