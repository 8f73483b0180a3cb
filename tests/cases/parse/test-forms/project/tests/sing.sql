{{ config(store_failures=true, alias='sing_alias') }} select * from {{ ref('b') }} where false
