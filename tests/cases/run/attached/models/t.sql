{{ config(materialized='table', indexes=[{'columns': ['n']}], schema='Odd schema') }}
select * from {{ ref('v') }}
