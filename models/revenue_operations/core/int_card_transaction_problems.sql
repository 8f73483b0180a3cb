{#-
    The records that are no fact, with every reason: what can't be read, keys that lead nowhere, ids that were delivered before. Few rows, made from
    the key columns alone; facts are the records that are not here.
-#}
with repeated as (

    select transaction_id
    from {{ ref('stg_card_transactions') }}
    group by transaction_id
    having count(*) > 1

),

checked as (

    select
        delivered.source_row,
        delivered.transaction_id,
        delivered.unreadable,
        repeated.transaction_id is not null as is_repeated,
        {{ codes_of([
            ['implausible_date', 'not (' ~ plausible_date('delivered.transacted_at') ~ ')'],
            ['orphan_client', 'delivered.client_id is not null and clients.client_id is null'],
            ['orphan_card', 'delivered.card_id is not null and cards.card_id is null'],
            ['card_of_another_client', 'cards.client_id <> delivered.client_id'],
            ['orphan_mcc', 'delivered.mcc is not null and mccs.mcc is null'],
        ]) }} as leading_nowhere
    from {{ ref('stg_card_transactions') }} as delivered
    left join {{ ref('dim_client') }} as clients on delivered.client_id = clients.client_id
    left join {{ ref('dim_card') }} as cards on delivered.card_id = cards.card_id
    left join {{ ref('dim_mcc') }} as mccs on delivered.mcc = mccs.mcc
    left join repeated on delivered.transaction_id = repeated.transaction_id

),

suspects as (

    select
        source_row,
        transaction_id,
        unreadable,
        leading_nowhere,
        is_repeated,
        -- Of an id that comes more than once, the first good record counts.
        row_number() over (
            partition by transaction_id
            order by case when unreadable is null and leading_nowhere is null then 0 else 1 end, source_row
        ) as delivery_rank
    from checked
    where unreadable is not null or leading_nowhere is not null or is_repeated

),

explained as (

    select
        source_row,
        transaction_id,
        nullif(concat_ws(
            ',', unreadable, leading_nowhere, case when is_repeated and delivery_rank > 1 then 'duplicate_id' end
        ), '') as reject_reasons
    from suspects

)

select
    source_row,
    transaction_id,
    reject_reasons
from explained
where reject_reasons is not null
