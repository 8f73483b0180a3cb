{#- One row a transaction whose keys all lead somewhere; the others are in rejected_card_transactions. Its rows lie in the order of the file. -#}
with labels as (

    select
        delivered.transaction_id,
        delivered.is_fraud
    from {{ ref('stg_fraud_labels') }} as delivered
    left join {{ ref('int_fraud_label_problems') }} as problems on delivered.source_row = problems.source_row
    where problems.source_row is null

)

select
    delivered.transaction_id,
    delivered.client_id,
    delivered.card_id,
    delivered.mcc,
    delivered.merchant_id,
    delivered.transacted_at,
    cast(delivered.transacted_at as date) as transaction_date,
    delivered.amount,
    delivered.amount < 0 as is_refund,
    delivered.channel,
    delivered.merchant_city,
    delivered.merchant_state,
    delivered.merchant_country,
    delivered.merchant_zip,
    delivered.error_codes,
    delivered.error_codes is not null as is_declined,
    labels.is_fraud,
    delivered.source_row
from {{ ref('stg_card_transactions') }} as delivered
left join {{ ref('int_card_transaction_problems') }} as problems on delivered.source_row = problems.source_row
left join labels on delivered.transaction_id = labels.transaction_id
where problems.source_row is null
