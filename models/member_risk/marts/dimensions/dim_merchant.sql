with transactions as (

    select * from {{ ref('core_transactions') }}

),

merchants as (

    select
        merchant_id,
        -- After normalisation the spellings agree; of any that do not, the first in the alphabet stands.
        min(merchant_name) as merchant_name,
        min(case when category_code <> 'unknown' then category_code end) as category_code,
        min(transaction_date) as first_seen_on,
        max(transaction_date) as last_seen_on,
        cast(count(*) as bigint) as transactions,
        cast(count(distinct merchant_name) as bigint) as spellings
    from transactions
    group by merchant_id

)

select
    merchant_id,
    coalesce(merchant_name, 'UNKNOWN') as merchant_name,
    coalesce(category_code, 'unknown') as category_code,
    first_seen_on,
    last_seen_on,
    transactions,
    spellings
from merchants
