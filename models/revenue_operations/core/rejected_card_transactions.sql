{#- Every record of the transactions file that is no fact, with all reasons. What the loader could not even split is in the source `rejects`. -#}
select
    problems.source_row,
    delivered.transaction_id,
    delivered.client_id,
    delivered.card_id,
    delivered.mcc,
    delivered.transacted_at,
    delivered.amount,
    {{ first_code('problems.reject_reasons') }} as reject_reason,
    problems.reject_reasons,
    delivered.delivered_record
from {{ ref('int_card_transaction_problems') }} as problems
inner join {{ ref('stg_card_transactions') }} as delivered on problems.source_row = delivered.source_row
