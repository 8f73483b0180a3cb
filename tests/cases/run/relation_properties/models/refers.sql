select 1 as kind_id, 1 as other -- {{ ref('kinds') }}
