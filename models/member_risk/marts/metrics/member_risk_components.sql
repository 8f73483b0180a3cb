with components as (

    select * from {{ ref('int_member_risk_components') }}

),

weights as (

    select * from {{ ref('risk_weights') }}

),

weighted as (

    select
        components.member_id,
        components.as_of_date,
        components.component,
        components.component_value,
        weights.weight,
        weights.reason,
        cast(round(components.component_value * weights.weight, 4) as decimal(9, 4)) as points
    from components
    inner join weights on components.component = weights.component

)

select
    member_id,
    as_of_date,
    component,
    component_value,
    weight,
    points,
    reason,
    cast(row_number() over (partition by member_id order by points desc, component asc) as integer) as component_rank
from weighted
