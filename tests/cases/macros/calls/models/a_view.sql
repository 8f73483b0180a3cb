{{ config(materialized='view', pre_hook=["select 1", {"sql": "select 'outside'", "transaction": false}], post_hook=["select 2", {"sql": "select 'after'", "transaction": false}]) }}
select id, name from {{ ref('people') }}
