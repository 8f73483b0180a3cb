{{
    config(
        materialized='incremental',
        incremental_strategy='delete+insert',
        unique_key='visit_id',
        on_schema_change='fail'
    )
}}

with members as (

    select
        member_id,
        first_loaded_on
    from {{ ref('core_members') }}

),

diagnoses as (

    select * from {{ ref('diagnosis_codes') }}

),

-- What core_quarantine holds back stays out; a member that came late brings its earlier events along.
incoming as (

    select
        staged.*,
        greatest(staged.load_date, members.first_loaded_on) as available_on
    from {{ ref('stg_visits') }} as staged
    inner join members on staged.member_id = members.member_id
    where
        not exists (
            select 1
            from {{ ref('core_quarantine') }} as held_back
            where
                held_back.entity = 'visits'
                and held_back.load_date = staged.load_date
                and held_back.source_file = staged.source_file
                and held_back.source_row = staged.source_row
        )
        and {{ available_since_last_run(['staged.load_date', 'members.first_loaded_on']) }}

),

-- Duplicates and settled claims: the newest version counts, whenever it was delivered.
ranked as (

    select
        *,
        row_number() over (
            partition by visit_id
            order by updated_at desc, load_date desc, source_file desc, source_row desc
        ) as version_rank
    from incoming

),

latest as (

    select * from ranked
    where version_rank = 1

)

select
    latest.visit_id,
    latest.member_id,
    latest.provider_id,
    latest.provider_name,
    latest.provider_specialty,
    latest.visit_type,
    latest.admitted_on,
    -- A discharge that is missing or before the admission is taken for the same day.
    case
        when latest.discharged_on >= latest.admitted_on then latest.discharged_on
        else latest.admitted_on
    end as discharged_on,
    coalesce(latest.discharged_on >= latest.admitted_on, false) as is_discharge_known,
    coalesce(main.diagnosis_code, 'UNKNOWN') as diagnosis_code,
    coalesce(main.is_chronic, false) as is_chronic,
    second.diagnosis_code as secondary_diagnosis_code,
    coalesce(second.is_chronic, false) as is_secondary_chronic,
    latest.billed_amount,
    latest.allowed_amount,
    latest.paid_amount,
    latest.billed_amount < 0 as is_reversal,
    latest.paid_amount > latest.billed_amount and latest.billed_amount >= 0 as is_overpaid,
    latest.is_emergency,
    latest.is_high_cost_in_source,
    latest.claim_status,
    latest.updated_at,
    latest.load_date,
    latest.available_on,
    latest.source_file,
    latest.source_row
from latest
left join diagnoses as main on latest.diagnosis_code = main.diagnosis_code
left join diagnoses as second on latest.secondary_diagnosis_code = second.diagnosis_code
{% if is_incremental() -%}
-- An original that arrives after its settlement does not replace it.
where not exists (
        select 1
        from {{ this }} as kept
        where
            kept.visit_id = latest.visit_id
            and kept.updated_at > latest.updated_at
    )
{%- endif %}
