{#- What was delivered and is nowhere in the star, by file and reason. A record with several reasons counts in `records` for each, in `first_records` once. -#}
with rejected as (

    select
        'transactions' as entity,
        reject_reason,
        reject_reasons
    from {{ ref('rejected_card_transactions') }}
    union all
    select
        'fraud_labels' as entity,
        reject_reason,
        reject_reasons
    from {{ ref('rejected_fraud_labels') }}
    union all
    select
        entity,
        reject_reason,
        reject_reasons
    from {{ ref('rejected_reference_rows') }}

),

modelled as (

    select
        rejected.entity,
        'model' as rejected_by,
        reasons.reject_stage,
        reasons.reject_reason,
        count(*) as records,
        {{ count_if('rejected.reject_reason = reasons.reject_reason') }} as first_records
    from rejected
    inner join {{ ref('reject_reasons') }} as reasons on {{ has_code('rejected.reject_reasons', 'reasons.reject_reason') }}
    group by rejected.entity, reasons.reject_stage, reasons.reject_reason

),

loaded as (

    select
        entity,
        'loader' as rejected_by,
        'unreadable' as reject_stage,
        reason as reject_reason,
        count(*) as records,
        count(*) as first_records
    from {{ source('revenue_operations', 'rejects') }}
    group by entity, reason

),

counted as (

    select * from modelled
    union all
    select * from loaded

)

select
    counted.entity,
    counted.rejected_by,
    counted.reject_stage,
    counted.reject_reason,
    counted.records,
    counted.first_records,
    {{ rate('counted.records', 'audited.raw_rows') }} as share_of_delivered
from counted
inner join {{ source('revenue_operations', 'load_audit') }} as audited on counted.entity = audited.entity
