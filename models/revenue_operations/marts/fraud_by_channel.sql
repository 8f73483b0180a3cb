with counted as (

    select
        channel,
        card_type,
        card_has_chip,
        card_is_on_dark_web,
        {{ fraud_measures() }}
    from {{ ref('enriched_transactions') }}
    group by channel, card_type, card_has_chip, card_is_on_dark_web

)

select
    channel,
    card_type,
    card_has_chip,
    card_is_on_dark_web,
    transactions,
    labelled_transactions,
    fraud_transactions,
    fraud_amount,
    fraud_loss,
    {{ fraud_rates() }}
from counted
