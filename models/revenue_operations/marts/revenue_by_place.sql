{#- A place is a state at home, a country abroad, or the net. -#}
with places as (

    select
        case
            when channel = 'online' then 'online'
            when merchant_state is not null then 'domestic'
            when merchant_country is not null then 'abroad'
            else 'unknown'
        end as place_kind,
        coalesce(merchant_state, merchant_country, channel) as place,
        client_id,
        merchant_id,
        amount,
        is_declined,
        is_refund,
        is_fraud
    from {{ ref('enriched_transactions') }}

),

summed as (

    select
        place_kind,
        place,
        {{ revenue_measures() }},
        count(distinct client_id) as active_clients,
        count(distinct merchant_id) as merchants,
        count(is_fraud) as labelled_transactions,
        {{ count_if('is_fraud') }} as fraud_transactions
    from places
    group by place_kind, place

)

select
    place_kind,
    place,
    transactions,
    declined_transactions,
    refunds,
    purchase_amount,
    refund_amount,
    net_revenue,
    {{ rate('declined_transactions', 'transactions') }} as decline_rate,
    {{ rate('refund_amount', 'purchase_amount') }} as refund_rate,
    active_clients,
    merchants,
    labelled_transactions,
    fraud_transactions,
    {{ rate('fraud_transactions', 'labelled_transactions') }} as fraud_rate
from summed
