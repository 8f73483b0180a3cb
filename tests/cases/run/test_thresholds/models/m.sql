{{ config(materialized='table') }}
select * from (values (1,'a'),(1,'b'),(2,null),(null,'d')) t(id, v)
