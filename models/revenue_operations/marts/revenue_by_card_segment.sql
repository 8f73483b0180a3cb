with segments as (

    select
        transaction_month,
        card_brand,
        card_type,
        channel,
        {{ revenue_measures() }}
    from {{ ref('enriched_transactions') }}
    group by transaction_month, card_brand, card_type, channel

)

select
    transaction_month,
    card_brand,
    card_type,
    channel,
    transactions,
    declined_transactions,
    refunds,
    purchase_amount,
    refund_amount,
    net_revenue,
    {{ rate('declined_transactions', 'transactions') }} as decline_rate,
    {{ rate('refund_amount', 'purchase_amount') }} as refund_rate
from segments
