-- Joined point in time, no transaction is lost and none counted twice.
with facts as (

    select
        count(*) as transactions,
        sum(spend_usd) as spend_usd
    from {{ ref('fct_transactions') }}

),

joined as (

    select
        sum(transactions) as transactions,
        sum(spend_usd) as spend_usd
    from {{ ref('spend_by_member_status') }}

)

select
    facts.transactions,
    joined.transactions as joined_transactions,
    facts.spend_usd,
    joined.spend_usd as joined_spend_usd
from facts
cross join joined
where
    facts.transactions <> joined.transactions
    or facts.spend_usd <> joined.spend_usd
