{{ config(materialized='view') }}
select id, name from {{ ref('contract_table') }}
