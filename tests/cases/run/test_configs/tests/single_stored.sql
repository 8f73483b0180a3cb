{{ config(store_failures=true, schema='audit', alias='kept_rows', limit=2) }}
select id from {{ ref('m') }}
