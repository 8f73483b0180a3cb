with checked as (

    select
        customers.*,
        case
            when customers.customer_id is null then 'missing_key'
            when customers.joined_on > extract.as_of_date then 'dated_after_extract'
            when customers.annual_income < 0 then 'negative_amount'
        end as problem
    from {{ source('bank', 'customers') }} as customers
    cross join {{ ref('bank_extract') }} as extract

),

ranked as (

    select
        checked.*,
        {{ version_rank('customer_id', 'updated_at') }} as version_rank
    from checked

)

select
    customer_id,
    {{ collapse_spaces('first_name') }} as first_name,
    {{ collapse_spaces('last_name') }} as last_name,
    lower(trim(email)) as email,
    trim(phone) as phone,
    trim(national_id) as national_id,
    date_of_birth,
    trim(city) as city,
    upper(trim(state)) as state,
    annual_income,
    {{ known_code('employment_status', ['employed', 'self_employed', 'unemployed']) }} as employment_status,
    credit_score,
    joined_on,
    updated_at,
    source_file,
    source_row,
    {{ reject_reason() }} as reject_reason
from ranked
