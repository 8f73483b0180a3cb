{{ config(materialized='ephemeral') }}
select * from {{ ref('stg_people') }} where amount is not null
