-- What the snapshot knows now is what all deliveries together tell: version by version, with its time.
-- With a day of its own (`as_of_date`) the snapshot knows less than was delivered, so there is nothing to compare.
{{ config(enabled=(var('as_of_date') | string == '')) }}

with snapshot_versions as (

    select
        member_id,
        version_number,
        changed_at,
        valid_to,
        member_status,
        plan_type,
        state,
        annual_income
    from {{ ref('dim_member_history') }}

),

history as (

    select
        member_id,
        version_number,
        valid_from as changed_at,
        coalesce(valid_to, cast('9999-12-31' as timestamp)) as valid_to,
        member_status,
        plan_type,
        state,
        {{ money('annual_income') }} as annual_income
    from {{ ref('core_member_history') }}

),

missing_in_history as (

    select * from snapshot_versions
    except
    select * from history

),

missing_in_snapshot as (

    select * from history
    except
    select * from snapshot_versions

)

select
    'history' as missing_in,
    member_id,
    version_number
from missing_in_history

union all

select
    'snapshot' as missing_in,
    member_id,
    version_number
from missing_in_snapshot
