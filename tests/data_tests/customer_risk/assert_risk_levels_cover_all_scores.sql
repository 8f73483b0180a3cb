select
    risk_level,
    min_score,
    previous_max
from (
    select
        risk_level,
        min_score,
        max_score,
        lag(max_score) over (order by min_score) as previous_max,
        lead(min_score) over (order by min_score) as next_min
    from {{ ref('customer_risk_levels') }}
) as levels
where
    coalesce(previous_max, 0) <> min_score
    or (next_min is null and max_score <= 1)
