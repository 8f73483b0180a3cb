with source as (

    select * from {{ source('lake', 'visits') }}

),

normalised as (

    select
        visit_id,
        member_id,
        provider_id,
        upper({{ collapse_spaces('provider_name') }}) as provider_name,
        coalesce({{ normalise_code('provider_specialty') }}, 'unknown') as provider_specialty,
        {{ normalise_code('visit_type') }} as visit_type,
        admitted_on,
        discharged_on,
        {{ diagnosis_code('diagnosis_code') }} as diagnosis_code,
        {{ diagnosis_code('secondary_diagnosis_code') }} as secondary_diagnosis_code,
        billed_amount,
        coalesce(allowed_amount, 0) as allowed_amount,
        coalesce(paid_amount, 0) as paid_amount,
        coalesce(is_emergency, false) as is_emergency,
        coalesce(is_high_cost, false) as is_high_cost_in_source,
        coalesce({{ normalise_code('claim_status') }}, 'unknown') as claim_status,
        updated_at,
        load_date,
        source_file,
        source_row
    from source

)

select * from normalised
