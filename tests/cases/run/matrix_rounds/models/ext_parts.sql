{{ config(materialized='external', options={'partition_by': 'country', 'overwrite_or_ignore': true}) }}
select * from {{ source('raw', 'events') }}
