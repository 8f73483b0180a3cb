{{ config(materialized='external', location='out/refused', options={'partition_by': 'part'}) }}
select range as id, range % 3 as part, '{{ var("v", 1) }}' as v from range({{ var("rows", 9) }})
