{{ config(materialized='table') }}
select p.id, p.built_in, part.built_in as part_built_in, '{{ defer_relation }}' as there, '{{ (model.defer_relation or {}).alias }}' as alias_there
from {{ ref('parent') }} p left join {{ ref('part') }} part using (id)
