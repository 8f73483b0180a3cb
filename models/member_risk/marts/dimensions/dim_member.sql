with members as (

    select * from {{ ref('core_members') }}

),

activity as (

    select * from {{ ref('core_member_activity') }}

)

select
    members.member_id,
    members.first_name,
    members.last_name,
    members.first_name || ' ' || members.last_name as full_name,
    members.date_of_birth,
    members.age,
    members.age_band,
    members.gender,
    members.city,
    members.state,
    members.region,
    members.plan_type,
    members.enrollment_date,
    members.termination_date,
    members.tenure_days,
    members.member_status,
    members.is_active,
    members.annual_income,
    members.income_band,
    members.employment_status,
    members.household_size,
    members.versions,
    members.last_changed_at,
    activity.activity_kind,
    activity.first_transaction_on,
    activity.last_transaction_on,
    activity.first_visit_on,
    activity.last_visit_on
from members
inner join activity on members.member_id = activity.member_id
