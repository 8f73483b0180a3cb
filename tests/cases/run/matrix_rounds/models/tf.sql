{{ config(materialized='table_function', parameters=['least', 'most := 99']) }}
select * from {{ source('raw', 'events') }} where id between least and most
