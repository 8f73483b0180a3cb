{#- Joining the dimensions adds no row, loses none, and changes no amount and no label. -#}
with facts as (

    select
        count(*) as transactions,
        sum(amount) as amount,
        sum(transaction_id) as ids,
        {{ count_if('is_fraud') }} as frauds
    from {{ ref('fct_card_transactions') }}

),

enriched as (

    select
        count(*) as transactions,
        sum(amount) as amount,
        sum(transaction_id) as ids,
        {{ count_if('is_fraud') }} as frauds
    from {{ ref('enriched_transactions') }}

)

select
    facts.transactions,
    enriched.transactions as enriched_transactions,
    facts.amount,
    enriched.amount as enriched_amount
from facts
cross join enriched
where
    facts.transactions <> enriched.transactions
    or facts.amount <> enriched.amount
    or facts.ids <> enriched.ids
    or facts.frauds <> enriched.frauds
