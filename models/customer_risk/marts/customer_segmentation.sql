with metrics as (

    select * from {{ ref('stg_customer_metrics') }}

),

tiers as (

    select * from {{ ref('value_tiers') }}

),

rfm as (

    select
        customer_id,
        rfm_segment
    from {{ ref('customer_rfm') }}

)

select
    metrics.customer_id,
    metrics.as_of_date,
    case
        when metrics.order_count = 0 or (metrics.order_count = 1 and metrics.days_since_first_order <= 30) then 'New'
        when metrics.order_count >= 2 and metrics.total_spent >= {{ var('premium_spent') }} then 'Premium'
        else 'Regular'
    end as customer_segment,
    tiers.value_tier,
    rfm.rfm_segment,
    metrics.order_count,
    metrics.total_spent,
    metrics.average_order_value,
    metrics.days_since_last_order,
    cast(round(
        case
            when metrics.days_since_last_order is null then 0
            else 40 * (1 - {{ part_of('metrics.days_since_last_order', 180) }})
        end
        + 40 * {{ part_of('metrics.order_count', 5) }}
        + 20 * {{ part_of('metrics.category_count', 8) }},
        0
    ) as integer) as activity_score
from metrics
inner join tiers
    on metrics.total_spent >= tiers.min_spent
    and metrics.total_spent < tiers.max_spent
left join rfm on metrics.customer_id = rfm.customer_id
