with counted as (

    select
        (select coalesce(sum(amount), 0) from {{ ref('silver_loans') }}) as by_loan,
        (select coalesce(sum(total_loan_amount), 0) from {{ ref('customer_loan_summary') }}) as by_customer,
        (select coalesce(sum(amount), 0) from {{ ref('loan_default_features') }}) as by_feature

)

select *
from counted
where by_loan <> by_customer or by_loan <> by_feature
