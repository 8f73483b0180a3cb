{{
    config(
        materialized='incremental',
        incremental_strategy='delete+insert',
        unique_key='visit_id',
        on_schema_change='fail'
    )
}}

with visits as (

    select *
    from {{ ref('core_visits') }}
    where {{ available_since_last_run(['available_on']) }}

)

select
    visit_id,
    member_id,
    provider_id,
    diagnosis_code,
    secondary_diagnosis_code,
    visit_type,
    admitted_on,
    discharged_on,
    cast({{ dbt.datediff('admitted_on', 'discharged_on', 'day') }} as bigint) as stay_days,
    {{ money('billed_amount') }} as billed_amount,
    {{ money('allowed_amount') }} as allowed_amount,
    {{ money('paid_amount') }} as paid_amount,
    {{ money('case when is_reversal then 0 else greatest(0, allowed_amount - paid_amount) end') }} as unpaid_amount,
    claim_status,
    claim_status = 'denied' as is_denied,
    is_emergency,
    visit_type = 'inpatient' as is_inpatient,
    billed_amount > 10000 as is_high_cost,
    (billed_amount > 10000) <> is_high_cost_in_source as is_high_cost_disputed,
    is_chronic,
    is_secondary_chronic,
    is_reversal,
    is_overpaid,
    is_discharge_known,
    admitted_on < load_date as is_late,
    available_on
from visits
