{#- A few bad records are normal, ten of any file too. More than one in fifty is a broken delivery. -#}
select
    entity,
    delivered_rows,
    rejected_by_loader,
    rejected_by_models
from {{ ref('revenue_data_quality') }}
where (rejected_by_loader + rejected_by_models - 10) * 50 > delivered_rows
