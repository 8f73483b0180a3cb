{#- A few defaults say nothing about a model: a small world is let through. -#}
select
    defaults,
    auc
from {{ ref('loan_model_evaluation') }}
where
    split = 'test'
    and defaults >= 50
    and auc < 0.6
