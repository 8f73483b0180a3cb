{{ config(materialized='external', location='out/kept', options={'partition_by': 'part', 'overwrite_or_ignore': true}) }}
select range as id, range % 3 as part, '{{ var("v", 1) }}' as v from range({{ var("rows", 9) }})
