{#- Every code from 1 to 9999 is in exactly one group. -#}
with neighbours as (

    select
        first_mcc,
        last_mcc,
        lag(last_mcc) over (order by first_mcc) as last_before,
        lead(first_mcc) over (order by first_mcc) as first_after
    from {{ ref('mcc_groups') }}

)

select
    first_mcc,
    last_mcc
from neighbours
where
    coalesce(last_before, 0) + 1 <> first_mcc
    or (first_after is null and last_mcc <> 9999)
