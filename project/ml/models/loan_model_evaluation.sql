{#- How well the model tells loans apart: the area under the ROC curve by ranks (ties count half), on what it learned from and on later loans. -#}
with scored as (

    select
        split,
        is_defaulted,
        default_probability,
        rank() over (partition by split order by default_probability) as lowest_rank,
        count(*) over (partition by split, default_probability) as ties
    from {{ ref('loan_default_probability') }}
    where split in ('train', 'test')

),

summed as (

    select
        split,
        count(*) as loans,
        cast(sum(is_defaulted) as bigint) as defaults,
        sum(case when is_defaulted = 1 then lowest_rank + (ties - 1) / 2.0 else 0 end) as ranks_of_defaults,
        avg(default_probability) as mean_probability,
        avg(power(default_probability - is_defaulted, 2)) as brier_score
    from scored
    group by split

)

select
    split,
    loans,
    defaults,
    cast(
        round(
            (ranks_of_defaults - defaults * (defaults + 1) / 2.0) / nullif(cast(defaults as double precision) * (loans - defaults), 0), 6
        ) as decimal(9, 6)
    ) as auc,
    cast(round(mean_probability, 6) as decimal(9, 6)) as mean_probability,
    cast(round(cast(defaults as double precision) / loans, 6) as decimal(9, 6)) as default_rate,
    cast(round(brier_score, 6) as decimal(9, 6)) as brier_score
from summed
