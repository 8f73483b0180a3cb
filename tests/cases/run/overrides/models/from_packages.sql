{{ config(materialized='table') }}
select {{ only_in_packages() }} as said
