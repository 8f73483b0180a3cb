with composite as (

    select * from {{ ref('risk_composite') }}

),

profiles as (

    select
        customer_id,
        full_name
    from {{ ref('stg_customer_profiles') }}

),

metrics as (

    select * from {{ ref('stg_customer_metrics') }}

),

levels as (

    select * from {{ ref('customer_risk_levels') }}

)

select
    composite.customer_id,
    profiles.full_name,
    metrics.as_of_date,
    composite.velocity_risk,
    composite.geographic_risk,
    composite.behavioral_risk,
    composite.profile_risk,
    composite.amount_risk,
    composite.temporal_risk,
    composite.composite_risk_score,
    levels.risk_level,
    levels.level_order as risk_level_order,
    composite.primary_risk_factor,
    composite.strong_factors,
    levels.recommendation,
    levels.recommendation_es,
    metrics.order_count,
    metrics.total_spent,
    metrics.largest_order
from composite
inner join profiles on composite.customer_id = profiles.customer_id
inner join metrics on composite.customer_id = metrics.customer_id
inner join levels
    on composite.composite_risk_score >= levels.min_score
    and composite.composite_risk_score < levels.max_score
