{{ config(materialized='incremental', incremental_strategy='delete+insert', unique_key=['id', 'name'], incremental_predicates=["DBT_INCREMENTAL_TARGET.id > 0"], on_schema_change='fail') }}
select id, name from {{ ref('a_table') }}
