{{ config(materialized='ephemeral') }}
select {{ dbt.concat(['name', "'!'"]) }} as name, id from {{ ref('a_table') }}
