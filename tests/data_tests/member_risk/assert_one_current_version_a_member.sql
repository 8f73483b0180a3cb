-- Each member has one current version, and no two versions hold at the same time.
with neighbours as (

    select
        member_id,
        valid_from,
        valid_to,
        lead(valid_from) over (partition by member_id order by valid_from) as next_valid_from
    from {{ ref('core_member_history') }}

),

current_versions as (

    select member_id
    from {{ ref('core_member_history') }}
    group by member_id
    having {{ count_if('is_current') }} <> 1

)

select member_id from current_versions

union all

select member_id
from neighbours
where next_valid_from is not null and valid_to <> next_valid_from
