{#- Every record of the users, cards and merchant categories that is in no dimension, with all reasons. -#}
select
    'users' as entity,
    source_row,
    cast(client_id as bigint) as entity_id,
    {{ first_code('reject_reasons') }} as reject_reason,
    reject_reasons
from {{ ref('stg_clients') }}
where reject_reasons is not null

union all

select
    'cards' as entity,
    source_row,
    cast(card_id as bigint) as entity_id,
    {{ first_code('reject_reasons') }} as reject_reason,
    reject_reasons
from {{ ref('stg_cards') }}
where reject_reasons is not null

union all

select
    'mcc_codes' as entity,
    source_row,
    cast(mcc as bigint) as entity_id,
    {{ first_code('reject_reasons') }} as reject_reason,
    reject_reasons
from {{ ref('stg_mcc_codes') }}
where reject_reasons is not null
