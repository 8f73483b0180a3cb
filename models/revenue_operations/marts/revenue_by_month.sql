with months as (

    select
        transaction_month,
        {{ revenue_measures() }},
        count(distinct client_id) as active_clients,
        count(distinct card_id) as active_cards
    from {{ ref('enriched_transactions') }}
    group by transaction_month

),

compared as (

    select
        months.*,
        lag(months.net_revenue) over (order by months.transaction_month) as net_revenue_before
    from months

)

select
    transaction_month,
    transactions,
    declined_transactions,
    refunds,
    purchase_amount,
    refund_amount,
    net_revenue,
    {{ rate('declined_transactions', 'transactions') }} as decline_rate,
    {{ rate('refund_amount', 'purchase_amount') }} as refund_rate,
    {{ rate('net_revenue - net_revenue_before', 'net_revenue_before') }} as net_revenue_growth,
    active_clients,
    active_cards
from compared
