{#- What became of each file: delivered = rejected by the loader + rejected by the models + used. -#}
with used as (

    select
        'transactions' as entity,
        count(*) as used_rows,
        max(transacted_at) as newest_at
    from {{ ref('fct_card_transactions') }}
    union all
    select
        'fraud_labels' as entity,
        count(is_fraud) as used_rows,
        max(case when is_fraud is not null then transacted_at end) as newest_at
    from {{ ref('fct_card_transactions') }}
    union all
    select
        'users' as entity,
        count(*) as used_rows,
        cast(null as timestamp) as newest_at
    from {{ ref('dim_client') }}
    union all
    select
        'cards' as entity,
        count(*) as used_rows,
        cast(null as timestamp) as newest_at
    from {{ ref('dim_card') }}
    union all
    select
        'mcc_codes' as entity,
        count(*) as used_rows,
        cast(null as timestamp) as newest_at
    from {{ ref('dim_mcc') }}

),

rejected as (

    select
        entity,
        cast(sum(first_records) as bigint) as rejected_rows,
        {{ count_if('first_records > 0') }} as reject_reasons
    from {{ ref('rejections_by_reason') }}
    where rejected_by = 'model'
    group by entity

)

select
    audited.entity,
    audited.source_file,
    cast(audited.raw_rows as bigint) as delivered_rows,
    cast(audited.rejected_rows as bigint) as rejected_by_loader,
    coalesce(rejected.rejected_rows, 0) as rejected_by_models,
    coalesce(rejected.reject_reasons, 0) as reject_reasons,
    used.used_rows,
    {{ rate('used.used_rows', 'audited.raw_rows') }} as used_share,
    used.newest_at
from {{ source('revenue_operations', 'load_audit') }} as audited
inner join used on audited.entity = used.entity
left join rejected on audited.entity = rejected.entity
