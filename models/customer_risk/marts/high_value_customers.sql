{#- Customers of the two upper tiers, and whether they are about to be lost. -#}
with segmentation as (

    select * from {{ ref('customer_segmentation') }}

),

profiles as (

    select
        customer_id,
        full_name
    from {{ ref('stg_customer_profiles') }}

),

risk as (

    select
        customer_id,
        risk_level
    from {{ ref('fraud_analytics') }}

)

select
    segmentation.customer_id,
    profiles.full_name,
    segmentation.as_of_date,
    segmentation.value_tier,
    segmentation.customer_segment,
    segmentation.rfm_segment,
    segmentation.order_count,
    segmentation.total_spent,
    segmentation.average_order_value,
    segmentation.days_since_last_order,
    case
        when segmentation.days_since_last_order is null then 'Unknown'
        when segmentation.days_since_last_order <= 30 then 'Active Customer'
        when segmentation.days_since_last_order <= 90 then 'At Risk Customer'
        else 'Lapsed Customer'
    end as retention_status,
    risk.risk_level
from segmentation
inner join profiles on segmentation.customer_id = profiles.customer_id
inner join risk on segmentation.customer_id = risk.customer_id
where segmentation.value_tier in ('VIP', 'Medium Value')
