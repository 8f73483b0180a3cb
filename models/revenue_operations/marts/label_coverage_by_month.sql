with counted as (

    select
        transaction_month,
        {{ fraud_measures() }}
    from {{ ref('enriched_transactions') }}
    group by transaction_month

)

select
    transaction_month,
    transactions,
    labelled_transactions,
    fraud_transactions,
    fraud_amount,
    fraud_loss,
    {{ fraud_rates() }}
from counted
