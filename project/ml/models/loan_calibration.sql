{#- Tenths of the test loans by probability: what the model says, and what came. -#}
with scored as (

    select
        default_probability,
        is_defaulted,
        ntile(10) over (order by default_probability, loan_id) as decile
    from {{ ref('loan_default_probability') }}
    where split = 'test'

)

select
    cast(decile as integer) as decile,
    count(*) as loans,
    cast(sum(is_defaulted) as bigint) as defaults,
    cast(round(avg(default_probability), 6) as decimal(9, 6)) as mean_probability,
    cast(round(avg(cast(is_defaulted as double precision)), 6) as decimal(9, 6)) as default_rate
from scored
group by decile
