{#- All that is known of a customer, in one row; names are masked, mailboxes and telephones stay in staging. -#}
with profiles as (

    select * from {{ ref('stg_customer_profiles') }}

),

metrics as (

    select * from {{ ref('stg_customer_metrics') }}

),

segmentation as (

    select * from {{ ref('customer_segmentation') }}

),

rfm as (

    select * from {{ ref('customer_rfm') }}

),

risk as (

    select * from {{ ref('fraud_analytics') }}

),

completeness as (

    select
        customer_id,
        profile_completeness
    from {{ ref('risk_profile') }}

)

select
    profiles.customer_id,
    profiles.full_name,
    metrics.as_of_date,
    profiles.age,
    profiles.gender,
    profiles.city,
    profiles.state_code,
    profiles.country,
    profiles.customer_role,
    completeness.profile_completeness,
    metrics.order_count,
    metrics.total_quantity,
    metrics.total_spent,
    metrics.total_discount,
    metrics.average_order_value,
    metrics.largest_order,
    metrics.first_ordered_on,
    metrics.last_ordered_on,
    metrics.days_since_last_order,
    metrics.active_days,
    metrics.category_count,
    metrics.product_count,
    segmentation.customer_segment,
    segmentation.value_tier,
    segmentation.activity_score,
    rfm.rfm_score,
    rfm.rfm_segment,
    risk.composite_risk_score,
    risk.risk_level,
    risk.primary_risk_factor
from profiles
inner join metrics on profiles.customer_id = metrics.customer_id
inner join segmentation on profiles.customer_id = segmentation.customer_id
inner join rfm on profiles.customer_id = rfm.customer_id
inner join risk on profiles.customer_id = risk.customer_id
inner join completeness on profiles.customer_id = completeness.customer_id
