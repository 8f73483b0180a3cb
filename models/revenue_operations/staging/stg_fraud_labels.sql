{#- Every label of the labels file, typed: the one place where its text is read, hence a table. -#}
with typed as (

    select
        source_row,
        {{ whole_number('transaction_id', 'bigint', 18) }} as transaction_id,
        {{ yes_or_no('label') }} as is_fraud
    from {{ source('revenue_operations', 'fraud_labels') }}

)

select
    source_row,
    transaction_id,
    is_fraud,
    {{ codes_of([
        ['unparseable_id', 'transaction_id is null'],
        ['unknown_label', 'is_fraud is null'],
    ]) }} as unreadable
from typed
