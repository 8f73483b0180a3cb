with counted as (

    select
        mcc,
        mcc_description,
        mcc_group,
        {{ fraud_measures() }}
    from {{ ref('enriched_transactions') }}
    group by mcc, mcc_description, mcc_group

)

select
    mcc,
    mcc_description,
    mcc_group,
    transactions,
    labelled_transactions,
    fraud_transactions,
    fraud_amount,
    fraud_loss,
    {{ fraud_rates() }}
from counted
