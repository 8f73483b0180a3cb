{{ config(materialized='table', indexes=[{'columns': ['id'], 'unique': true}], sql_header='set threads = 1;',
  pre_hook=["select 'in'", {"sql": "select 'before begin'", "transaction": false}], post_hook=["select 'in'", after_commit("select 'after commit'")]) }}
select id, name from {{ ref('a_view') }} where {{ dbt.length("coalesce(name, '')") }} >= 0
