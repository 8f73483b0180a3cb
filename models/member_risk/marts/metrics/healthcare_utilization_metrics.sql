with context as (

    select as_of_date from {{ ref('core_run_context') }}

),

visits as (

    select
        facts.*,
        {{ dbt.datediff('facts.admitted_on', 'context.as_of_date', 'day') }} as days_ago
    from {{ ref('fct_visits') }} as facts
    cross join context
    where
        facts.admitted_on <= context.as_of_date
        and not facts.is_reversal

),

by_member as (

    select
        member_id,
        cast(count(*) as bigint) as visits,
        {{ count_if('days_ago < 30') }} as visits_30d,
        {{ count_if('days_ago < 90') }} as visits_90d,
        {{ count_if('is_emergency') }} as emergency_visits,
        {{ count_if('is_emergency and days_ago < 90') }} as emergency_visits_90d,
        {{ count_if('is_inpatient') }} as inpatient_stays,
        {{ count_if('is_inpatient and days_ago < 90') }} as inpatient_stays_90d,
        cast(sum(stay_days) as bigint) as inpatient_days,
        cast(count(distinct provider_id) as bigint) as providers,
        {{ money('sum(billed_amount)') }} as billed_amount,
        {{ money('sum(allowed_amount)') }} as allowed_amount,
        {{ money_if('days_ago < 90', 'allowed_amount') }} as allowed_90d_amount,
        {{ money('sum(paid_amount)') }} as paid_amount,
        {{ money('sum(unpaid_amount)') }} as unpaid_amount,
        {{ money('max(billed_amount)') }} as largest_bill_amount,
        {{ count_if('is_denied') }} as denied_claims,
        cast(min(days_ago) as bigint) as days_since_last
    from visits
    group by member_id

),

conditions as (

    select
        member_id,
        diagnosis_code
    from visits
    where is_chronic

    union

    select
        member_id,
        secondary_diagnosis_code as diagnosis_code
    from visits
    where is_secondary_chronic

),

chronic as (

    select
        conditions.member_id,
        cast(count(*) as bigint) as chronic_conditions,
        cast(sum(diagnoses.severity) as bigint) as chronic_severity
    from conditions
    inner join {{ ref('dim_diagnosis') }} as diagnoses on conditions.diagnosis_code = diagnoses.diagnosis_code
    group by conditions.member_id

),

stays as (

    select
        member_id,
        admitted_on,
        lag(discharged_on) over (partition by member_id order by admitted_on, visit_id) as previous_discharged_on
    from visits
    where is_inpatient

),

readmissions as (

    select
        member_id,
        cast(count(*) as bigint) as readmissions
    from stays
    where
        previous_discharged_on is not null
        and admitted_on > previous_discharged_on
        and {{ dbt.datediff('previous_discharged_on', 'admitted_on', 'day') }} <= 30
    group by member_id

),

members as (

    select member_id from {{ ref('dim_member') }}

),

combined as (

    select
        members.member_id,
        context.as_of_date,
        coalesce(by_member.visits, 0) as visits,
        coalesce(by_member.visits_30d, 0) as visits_30d,
        coalesce(by_member.visits_90d, 0) as visits_90d,
        coalesce(by_member.emergency_visits, 0) as emergency_visits,
        coalesce(by_member.emergency_visits_90d, 0) as emergency_visits_90d,
        coalesce(by_member.inpatient_stays, 0) as inpatient_stays,
        coalesce(by_member.inpatient_stays_90d, 0) as inpatient_stays_90d,
        coalesce(by_member.inpatient_days, 0) as inpatient_days,
        coalesce(readmissions.readmissions, 0) as readmissions,
        coalesce(by_member.providers, 0) as providers,
        coalesce(chronic.chronic_conditions, 0) as chronic_conditions,
        coalesce(chronic.chronic_severity, 0) as chronic_severity,
        {{ money('coalesce(by_member.billed_amount, 0)') }} as billed_amount,
        {{ money('coalesce(by_member.allowed_amount, 0)') }} as allowed_amount,
        {{ money('coalesce(by_member.allowed_90d_amount, 0)') }} as allowed_90d_amount,
        {{ money('coalesce(by_member.paid_amount, 0)') }} as paid_amount,
        {{ money('coalesce(by_member.unpaid_amount, 0)') }} as unpaid_amount,
        {{ money('coalesce(by_member.largest_bill_amount, 0)') }} as largest_bill_amount,
        coalesce(by_member.denied_claims, 0) as denied_claims,
        by_member.days_since_last
    from members
    cross join context
    left join by_member on members.member_id = by_member.member_id
    left join chronic on members.member_id = chronic.member_id
    left join readmissions on members.member_id = readmissions.member_id

)

select
    member_id,
    as_of_date,
    visits,
    visits_30d,
    visits_90d,
    emergency_visits,
    emergency_visits_90d,
    inpatient_stays,
    inpatient_stays_90d,
    inpatient_days,
    readmissions,
    providers,
    chronic_conditions,
    chronic_severity,
    billed_amount,
    allowed_amount,
    allowed_90d_amount,
    paid_amount,
    unpaid_amount,
    largest_bill_amount,
    denied_claims,
    {{ ratio('denied_claims', 'visits') }} as denied_share,
    {{ ratio('paid_amount', 'billed_amount') }} as paid_share,
    days_since_last,
    case
        when visits = 0 then 'none'
        when inpatient_stays_90d > 0 or emergency_visits_90d >= 3 then 'intensive'
        when visits_90d >= 4 or chronic_severity >= 5 then 'frequent'
        else 'routine'
    end as utilization_band
from combined
