{{ config(materialized='external', location='out/whole', options={'partition_by': 'part', 'overwrite': true}) }}
select range as id, range % 3 as part, '{{ var("v", 1) }}' as v from range({{ var("rows", 9) }})
