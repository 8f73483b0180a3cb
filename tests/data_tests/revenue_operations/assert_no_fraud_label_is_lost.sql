{#- Labels delivered = matched (on a fact) + unmatched + refused (by the models or the loader). -#}
with counted as (

    select
        (
            select sum(raw_rows)
            from {{ source('revenue_operations', 'load_audit') }}
            where entity = 'fraud_labels'
        ) as delivered_labels,
        (select count(is_fraud) from {{ ref('fct_card_transactions') }}) as matched,
        (
            select count(*)
            from {{ ref('rejected_fraud_labels') }}
            where outcome = 'unmatched'
        ) as unmatched,
        (
            select count(*)
            from {{ ref('rejected_fraud_labels') }}
            where outcome = 'refused'
        ) as refused,
        (
            select count(*)
            from {{ source('revenue_operations', 'rejects') }}
            where entity = 'fraud_labels'
        ) as refused_by_loader

)

select *
from counted
where delivered_labels <> matched + unmatched + refused + refused_by_loader
