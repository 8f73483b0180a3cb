{{ config(materialized='table_function', parameters=['least', 'most']) }}
select * from {{ ref('a_table') }} where id between least and most
