{#-
    What was known of a loan on the day on which it was issued, and whether it defaulted within a year. Whose year is not over yet has no label. The labelled
    ones are split by time: the first seven tenths train, the later ones test.
-#}
with loans as (

    select
        loans.*,
        extract.as_of_date,
        {{ dbt.dateadd('day', 365, 'loans.issued_on') }} as observed_until
    from {{ ref('silver_loans') }} as loans
    cross join {{ ref('bank_extract') }} as extract

),

earlier as (

    select
        loans.loan_id,
        count(*) as earlier_loans,
        sum(case when before.defaulted_on < loans.issued_on then 1 else 0 end) as earlier_defaults
    from loans
    inner join {{ ref('silver_loans') }} as before
        on loans.customer_id = before.customer_id
        and loans.issued_on > before.issued_on
    group by loans.loan_id

),

accounts as (

    select
        loans.loan_id,
        count(*) as accounts
    from loans
    inner join {{ ref('silver_accounts') }} as accounts
        on loans.customer_id = accounts.customer_id
        and loans.issued_on >= accounts.opened_on
    group by loans.loan_id

),

labelled as (

    select
        loan_id,
        case when defaulted_on <= observed_until then 1 else 0 end as is_defaulted,
        cume_dist() over (order by issued_on) as place_in_time
    from loans
    where observed_until <= as_of_date

)

select
    loans.loan_id,
    loans.customer_id,
    loans.issued_on,
    loans.status,
    {{ money('loans.amount') }} as amount,
    case
        when labelled.loan_id is null then 'open'
        when labelled.place_in_time <= 0.7 then 'train'
        else 'test'
    end as split,
    labelled.is_defaulted,
    cast(
        round(least(5.0, loans.amount * 12 / loans.term_months / greatest(8000.0, customers.annual_income)), 6) as decimal(9, 6)
    ) as yearly_payment_to_income,
    cast(loans.interest_rate as decimal(9, 6)) as interest_rate,
    cast(round(loans.term_months / 12.0, 6) as decimal(9, 6)) as term_years,
    cast(round(customers.credit_score / 100.0, 6) as decimal(9, 6)) as credit_score_hundreds,
    cast(round(ln(cast(greatest(8000.0, customers.annual_income) as double precision)), 6) as decimal(9, 6)) as log_income,
    cast(
        round({{ dbt.datediff('customers.joined_on', 'loans.issued_on', 'day') }} / 365.25, 6) as decimal(9, 6)
    ) as customer_years,
    cast(coalesce(earlier.earlier_loans, 0) as integer) as earlier_loans,
    cast(coalesce(earlier.earlier_defaults, 0) as integer) as earlier_defaults,
    cast(coalesce(accounts.accounts, 0) as integer) as accounts,
    case when customers.employment_status = 'unemployed' then 1 else 0 end as is_unemployed,
    case when loans.loan_type = 'personal' then 1 else 0 end as is_personal,
    case when loans.loan_type = 'student' then 1 else 0 end as is_student,
    case when loans.loan_type = 'mortgage' then 1 else 0 end as is_mortgage
from loans
inner join {{ ref('silver_customers') }} as customers on loans.customer_id = customers.customer_id
left join labelled on loans.loan_id = labelled.loan_id
left join earlier on loans.loan_id = earlier.loan_id
left join accounts on loans.loan_id = accounts.loan_id
