with bounds as (

    -- Late rows go back before the first delivery.
    select
        cast({{ dbt.dateadd('day', -60, 'first_load_date') }} as date) as first_day,
        cast({{ dbt.dateadd('day', 60, 'last_load_date') }} as date) as last_day
    from {{ ref('core_run_context') }}

)

{{- calendar_of_bounds('date_day') }}
