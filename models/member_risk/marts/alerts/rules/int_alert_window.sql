{#- Alerts are raised for the last days; what is usual is learned from the 90 days before them. -#}
with context as (

    select as_of_date from {{ ref('core_run_context') }}

),

alerting as (

    select
        as_of_date,
        cast({{ dbt.dateadd('day', '1 - ' ~ var('alert_days'), 'as_of_date') }} as date) as alerts_from
    from context

)

select
    as_of_date,
    alerts_from,
    cast({{ dbt.dateadd('day', -90, 'alerts_from') }} as date) as history_from
from alerting
