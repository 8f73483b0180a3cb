with customers as (

    select * from {{ ref('silver_customers') }}

),

loans as (

    select
        customer_id,
        count(*) as loan_count,
        {{ count_if("status = 'current'") }} as open_loans,
        {{ count_if("status = 'paid_off'") }} as paid_off_loans,
        {{ count_if("status = 'defaulted'") }} as defaulted_loans,
        {{ money('sum(amount)') }} as total_loan_amount,
        {{ money('max(amount)') }} as largest_loan_amount,
        {{ money_if("status = 'current'", 'amount') }} as open_loan_amount,
        sum(interest_rate) as interest_rates,
        max(issued_on) as last_issued_on
    from {{ ref('silver_loans') }}
    group by customer_id

)

select
    customers.customer_id,
    customers.state,
    customers.employment_status,
    customers.annual_income,
    customers.credit_score,
    cast(coalesce(loans.loan_count, 0) as bigint) as loan_count,
    cast(coalesce(loans.open_loans, 0) as bigint) as open_loans,
    cast(coalesce(loans.paid_off_loans, 0) as bigint) as paid_off_loans,
    cast(coalesce(loans.defaulted_loans, 0) as bigint) as defaulted_loans,
    {{ money('coalesce(loans.total_loan_amount, 0)') }} as total_loan_amount,
    {{ money('round(loans.total_loan_amount / loans.loan_count, 2)') }} as average_loan_amount,
    {{ money('coalesce(loans.largest_loan_amount, 0)') }} as largest_loan_amount,
    {{ money('coalesce(loans.open_loan_amount, 0)') }} as open_loan_amount,
    cast(round(loans.interest_rates / loans.loan_count, 2) as decimal(6, 2)) as average_interest_rate,
    {{ ratio('loans.open_loan_amount', 'customers.annual_income') }} as open_loans_to_income,
    loans.last_issued_on
from customers
left join loans on customers.customer_id = loans.customer_id
