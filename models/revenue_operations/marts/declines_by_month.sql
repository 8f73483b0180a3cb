{#- Why terminals declined, month by month. A transaction with two errors counts for both. -#}
with declined as (

    select
        transaction_month,
        error_codes,
        count(*) as declined_transactions,
        {{ money('sum(abs(amount))') }} as declined_amount
    from {{ ref('enriched_transactions') }}
    where is_declined
    group by transaction_month, error_codes

)

select
    declined.transaction_month,
    errors.error_code,
    errors.error_family,
    cast(sum(declined.declined_transactions) as bigint) as declined_transactions,
    {{ money('sum(declined.declined_amount)') }} as declined_amount,
    {{ rate('cast(sum(declined.declined_transactions) as bigint)', 'max(months.transactions)') }} as share_of_transactions
from declined
inner join {{ ref('card_errors') }} as errors on {{ has_code('declined.error_codes', 'errors.error_code') }}
inner join {{ ref('revenue_by_month') }} as months on declined.transaction_month = months.transaction_month
group by declined.transaction_month, errors.error_code, errors.error_family
