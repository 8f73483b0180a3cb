{#- Every merchant category of the codes file, typed. -#}
with typed as (

    select
        source_row,
        {{ whole_number('mcc', digits=4) }} as mcc,
        {{ collapse_spaces('description') }} as mcc_description
    from {{ source('revenue_operations', 'mcc_codes') }}

),

ranked as (

    select
        typed.*,
        row_number() over (partition by typed.mcc order by typed.source_row) as delivery_rank
    from typed

)

select
    source_row,
    mcc,
    mcc_description,
    {{ codes_of([
        ['unparseable_id', 'mcc is null'],
        ['duplicate_id', 'mcc is not null and delivery_rank > 1'],
    ]) }} as reject_reasons
from ranked
