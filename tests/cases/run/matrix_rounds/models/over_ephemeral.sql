{{ config(materialized='table') }}
select e.*, {{ function('doubled') }}(e.id) as doubled from {{ ref('an_ephemeral') }} e
