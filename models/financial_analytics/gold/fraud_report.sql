{#- Movements to look at: what each rule says, points by the seed `fraud_rules`. A customer's own report counts before all points. -#}
with movements as (

    select
        transactions.*,
        accounts.customer_id,
        count(*) over (partition by transactions.account_id) as movements_of_account,
        sum(transactions.amount) over (partition by transactions.account_id) as amount_of_account,
        lag(transactions.occurred_at, 2) over (
            partition by transactions.account_id order by transactions.occurred_at, transactions.transaction_id
        ) as second_before,
        lag(transactions.occurred_at) over (
            partition by transactions.account_id order by transactions.occurred_at, transactions.transaction_id
        ) as one_before,
        lead(transactions.occurred_at) over (
            partition by transactions.account_id order by transactions.occurred_at, transactions.transaction_id
        ) as one_after,
        lead(transactions.occurred_at, 2) over (
            partition by transactions.account_id order by transactions.occurred_at, transactions.transaction_id
        ) as second_after
    from {{ ref('silver_transactions') }} as transactions
    inner join {{ ref('silver_accounts') }} as accounts on transactions.account_id = accounts.account_id
    where transactions.transaction_type <> 'deposit'

),

flagged as (

    select
        transaction_id,
        account_id,
        customer_id,
        transaction_type,
        amount,
        channel,
        country,
        occurred_at,
        is_reported_fraud,
        movements_of_account >= 4
        and amount >= 500
        and amount * (movements_of_account - 1) > 3 * (amount_of_account - amount) as is_unusual_amount,
        country <> '{{ var("home_country") }}' as is_abroad,
        coalesce({{ dbt.datediff('second_before', 'occurred_at', 'minute') }} <= 10, false)
        or coalesce({{ dbt.datediff('one_before', 'one_after', 'minute') }} <= 10, false)
        or coalesce({{ dbt.datediff('occurred_at', 'second_after', 'minute') }} <= 10, false) as is_burst,
        extract(hour from occurred_at) < 5 as is_at_night
    from movements

),

points as (

    select
        max(case when fraud_rule = 'unusual_amount' then points end) as unusual_amount,
        max(case when fraud_rule = 'abroad' then points end) as abroad,
        max(case when fraud_rule = 'burst' then points end) as burst,
        max(case when fraud_rule = 'at_night' then points end) as at_night
    from {{ ref('fraud_rules') }}

),

scored as (

    select
        flagged.*,
        cast(
            case when flagged.is_unusual_amount then points.unusual_amount else 0 end
            + case when flagged.is_abroad then points.abroad else 0 end
            + case when flagged.is_burst then points.burst else 0 end
            + case when flagged.is_at_night then points.at_night else 0 end as integer
        ) as fraud_points
    from flagged
    cross join points

)

select
    transaction_id,
    account_id,
    customer_id,
    transaction_type,
    {{ money('amount') }} as amount,
    channel,
    country,
    occurred_at,
    cast(occurred_at as date) as occurred_on,
    is_unusual_amount,
    is_abroad,
    is_burst,
    is_at_night,
    is_reported_fraud,
    fraud_points,
    case
        when is_reported_fraud then 'confirmed'
        when fraud_points >= 60 then 'high'
        else 'review'
    end as fraud_level
from scored
where is_reported_fraud or fraud_points >= 35
