{#-
    The labels that say nothing, with the reason: what can't be read, and ids that were delivered again later. Of those the last counts, as in whatever
    reads the object of a JSON file.
-#}
with repeated as (

    select transaction_id
    from {{ ref('stg_fraud_labels') }}
    group by transaction_id
    having count(*) > 1

),

suspects as (

    select
        delivered.source_row,
        delivered.transaction_id,
        delivered.unreadable,
        row_number() over (
            partition by delivered.transaction_id
            order by case when delivered.unreadable is null then 0 else 1 end, delivered.source_row desc
        ) as delivery_rank
    from {{ ref('stg_fraud_labels') }} as delivered
    left join repeated on delivered.transaction_id = repeated.transaction_id
    where delivered.unreadable is not null or repeated.transaction_id is not null

),

explained as (

    select
        source_row,
        transaction_id,
        nullif(concat_ws(',', unreadable, case when transaction_id is not null and delivery_rank > 1 then 'duplicate_label' end), '') as reject_reasons
    from suspects

)

select
    source_row,
    transaction_id,
    reject_reasons
from explained
where reject_reasons is not null
