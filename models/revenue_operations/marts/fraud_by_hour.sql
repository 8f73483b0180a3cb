with counted as (

    select
        iso_weekday,
        transaction_hour,
        {{ fraud_measures() }}
    from {{ ref('enriched_transactions') }}
    group by iso_weekday, transaction_hour

)

select
    iso_weekday,
    transaction_hour,
    transactions,
    labelled_transactions,
    fraud_transactions,
    fraud_amount,
    fraud_loss,
    {{ fraud_rates() }}
from counted
