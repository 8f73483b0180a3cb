with counted as (

    select
        merchant_id,
        {{ fraud_measures() }}
    from {{ ref('enriched_transactions') }}
    group by merchant_id

)

select
    merchant_id,
    transactions,
    labelled_transactions,
    fraud_transactions,
    fraud_amount,
    fraud_loss,
    {{ fraud_rates() }}
from counted
