with counted as (

    select
        client_id,
        {{ fraud_measures() }},
        {{ count_if('is_declined') }} as declined_transactions,
        {{ money_if('not is_declined', 'amount') }} as net_revenue,
        count(distinct card_id) as cards_used,
        min(transaction_date) as first_transaction_date,
        max(transaction_date) as last_transaction_date,
        max(case when is_fraud then transaction_date end) as last_fraud_date
    from {{ ref('enriched_transactions') }}
    group by client_id

),

rated as (

    select
        counted.*,
        {{ fraud_rates() }}
    from counted

)

select
    clients.client_id,
    clients.age_band,
    clients.income_band,
    clients.credit_score_band,
    coalesce(rated.transactions, 0) as transactions,
    coalesce(rated.labelled_transactions, 0) as labelled_transactions,
    coalesce(rated.fraud_transactions, 0) as fraud_transactions,
    {{ money('coalesce(rated.fraud_amount, 0)') }} as fraud_amount,
    {{ money('coalesce(rated.fraud_loss, 0)') }} as fraud_loss,
    rated.label_coverage,
    rated.fraud_rate,
    rated.lowest_fraud_rate,
    coalesce(rated.declined_transactions, 0) as declined_transactions,
    {{ money('coalesce(rated.net_revenue, 0)') }} as net_revenue,
    coalesce(rated.cards_used, 0) as cards_used,
    rated.first_transaction_date,
    rated.last_transaction_date,
    rated.last_fraud_date,
    row_number() over (
        order by coalesce(rated.lowest_fraud_rate, 0) desc, coalesce(rated.fraud_amount, 0) desc, clients.client_id
    ) as fraud_rank
from {{ ref('dim_client') }} as clients
left join rated on clients.client_id = rated.client_id
