with days as (

    select
        max(case when split = 'train' then issued_on end) as last_trained,
        min(case when split = 'test' then issued_on end) as first_tested
    from {{ ref('loan_default_features') }}

)

select *
from days
where last_trained >= first_tested
