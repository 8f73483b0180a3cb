{{ config(materialized='external', location='more/added', options={'partition_by': 'part', 'append': true, 'filename_pattern': "'rows_{uuid}'"}) }}
select range as id, range % 3 as part, '{{ var("v", 1) }}' as v from range({{ var("rows", 9) }})
