{{ config(materialized='incremental', unique_key='id', incremental_strategy='delete+insert') }}
select 1 as id
