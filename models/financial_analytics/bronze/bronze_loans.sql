with checked as (

    select
        loans.*,
        case
            when loans.loan_id is null then 'missing_key'
            when loans.issued_on > extract.as_of_date then 'dated_after_extract'
            when loans.amount <= 0 then 'negative_amount'
            when loans.defaulted_on < loans.issued_on then 'defaulted_before_issue'
            when customers.customer_id is null then 'unknown_customer'
        end as problem
    from {{ source('bank', 'loans') }} as loans
    cross join {{ ref('bank_extract') }} as extract
    left join {{ ref('silver_customers') }} as customers on loans.customer_id = customers.customer_id

),

ranked as (

    select
        checked.*,
        {{ version_rank('loan_id', 'updated_at') }} as version_rank
    from checked

)

select
    loan_id,
    customer_id,
    {{ known_code('loan_type', ['personal', 'auto', 'student', 'mortgage']) }} as loan_type,
    amount,
    interest_rate,
    term_months,
    issued_on,
    {{ known_code('status', ['current', 'paid_off', 'defaulted']) }} as status,
    defaulted_on,
    updated_at,
    source_file,
    source_row,
    {{ reject_reason() }} as reject_reason
from ranked
