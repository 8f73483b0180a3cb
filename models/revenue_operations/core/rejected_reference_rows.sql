{#- Every record of the users, cards and merchant categories that is in no dimension, with all reasons. -#}
{% for entity, key, staged in [
    ('users', 'client_id', ref('stg_clients')),
    ('cards', 'card_id', ref('stg_cards')),
    ('mcc_codes', 'mcc', ref('stg_mcc_codes')),
] -%}
select
    '{{ entity }}' as entity,
    source_row,
    cast({{ key }} as bigint) as entity_id,
    {{ first_code('reject_reasons') }} as reject_reason,
    reject_reasons
from {{ staged }}
where reject_reasons is not null
{{ 'union all' if not loop.last }}
{% endfor %}
