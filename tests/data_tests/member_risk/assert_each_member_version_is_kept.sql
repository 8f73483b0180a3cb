-- Rows in = rows out: a version of a member that was delivered, however often, is there once, and no other is.
with delivered as (

    select distinct
        member_id,
        updated_at as changed_at
    from {{ ref('stg_members') }}

),

kept as (

    select
        member_id,
        valid_from as changed_at
    from {{ ref('core_member_history') }}

)

select
    coalesce(delivered.member_id, kept.member_id) as member_id,
    coalesce(delivered.changed_at, kept.changed_at) as changed_at
from delivered
full outer join kept
    on delivered.member_id = kept.member_id
    and delivered.changed_at = kept.changed_at
where
    delivered.member_id is null
    or kept.member_id is null
