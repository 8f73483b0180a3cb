{{ config(materialized='view', contract={'enforced': true}) }}
select 1 as id, 'x' as nom, 3 as more
