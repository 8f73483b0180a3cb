{#- Trapezoids below the curve. Its thresholds are thousandths, hence the tolerance. -#}
with steps as (

    select
        true_positive_rate,
        false_positive_rate,
        lag(true_positive_rate) over (order by threshold desc) as previous_true,
        lag(false_positive_rate) over (order by threshold desc) as previous_false
    from {{ ref('loan_roc_curve') }}

),

areas as (

    select sum((false_positive_rate - previous_false) * (true_positive_rate + previous_true) / 2.0) as area
    from steps

)

select
    areas.area,
    evaluations.auc
from areas
cross join {{ ref('loan_model_evaluation') }} as evaluations
where
    evaluations.split = 'test'
    and abs(areas.area - evaluations.auc) > 0.005
