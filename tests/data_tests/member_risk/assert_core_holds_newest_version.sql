-- However it was loaded (day by day or at once), core holds the newest of a transaction's versions.
with newest as (

    select
        transaction_id,
        max(updated_at) as updated_at
    from {{ ref('stg_transactions') }}
    where transaction_date <= load_date
    group by transaction_id

)

select
    held.transaction_id,
    held.updated_at,
    newest.updated_at as newest_updated_at
from {{ ref('core_transactions') }} as held
inner join newest on held.transaction_id = newest.transaction_id
where held.updated_at <> newest.updated_at
