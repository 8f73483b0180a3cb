{#- The ROC curve on the loans of the split `test`: a point for each thousandth of probability that occurs, and the one where nobody is called bad. -#}
with scored as (

    select
        cast(round(default_probability, 3) as decimal(4, 3)) as threshold,
        is_defaulted
    from {{ ref('loan_default_probability') }}
    where split = 'test'

),

grouped as (

    select
        threshold,
        sum(is_defaulted) as defaults,
        sum(1 - is_defaulted) as others
    from scored
    group by threshold

),

cumulated as (

    select
        threshold,
        sum(defaults) over (order by threshold desc) as defaults_above,
        sum(others) over (order by threshold desc) as others_above,
        sum(defaults) over () as all_defaults,
        sum(others) over () as all_others
    from grouped

),

points as (

    select
        threshold,
        cast(defaults_above as double precision) / nullif(all_defaults, 0) as true_positive_rate,
        cast(others_above as double precision) / nullif(all_others, 0) as false_positive_rate
    from cumulated
    union all
    select
        1.001 as threshold,
        0 as true_positive_rate,
        0 as false_positive_rate

)

select
    cast(threshold as decimal(4, 3)) as threshold,
    cast(round(true_positive_rate, 6) as decimal(9, 6)) as true_positive_rate,
    cast(round(false_positive_rate, 6) as decimal(9, 6)) as false_positive_rate
from points
