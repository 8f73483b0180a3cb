with visits as (

    select * from {{ ref('core_visits') }}

)

select
    provider_id,
    coalesce(min(provider_name), 'UNKNOWN') as provider_name,
    coalesce(min(case when provider_specialty <> 'unknown' then provider_specialty end), 'unknown') as provider_specialty,
    min(admitted_on) as first_seen_on,
    max(admitted_on) as last_seen_on,
    cast(count(*) as bigint) as visits,
    cast(count(distinct member_id) as bigint) as patients
from visits
group by provider_id
