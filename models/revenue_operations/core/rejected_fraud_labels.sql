{#- Every label that is on no fact, with the reason: refused because it says nothing, or of a transaction that is not there or was itself rejected. -#}
with usable as (

    select
        labels.source_row,
        labels.transaction_id,
        labels.is_fraud
    from {{ ref('stg_fraud_labels') }} as labels
    left join {{ ref('int_fraud_label_problems') }} as problems on labels.source_row = problems.source_row
    left join {{ ref('fct_card_transactions') }} as facts on labels.transaction_id = facts.transaction_id
    where problems.source_row is null and facts.transaction_id is null

),

rejected_transactions as (

    select distinct transaction_id
    from {{ ref('int_card_transaction_problems') }}

)

select
    usable.source_row,
    usable.transaction_id,
    usable.is_fraud,
    'unmatched' as outcome,
    case when rejected.transaction_id is not null then 'rejected_transaction' else 'unknown_transaction' end as reject_reason,
    case when rejected.transaction_id is not null then 'rejected_transaction' else 'unknown_transaction' end as reject_reasons
from usable
left join rejected_transactions as rejected on usable.transaction_id = rejected.transaction_id

union all

select
    problems.source_row,
    problems.transaction_id,
    labels.is_fraud,
    'refused' as outcome,
    {{ first_code('problems.reject_reasons') }} as reject_reason,
    problems.reject_reasons
from {{ ref('int_fraud_label_problems') }} as problems
inner join {{ ref('stg_fraud_labels') }} as labels on problems.source_row = labels.source_row
