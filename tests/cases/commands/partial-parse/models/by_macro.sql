{{ config(tags=[outer()]) }}
select * from {{ ref('described') }}
