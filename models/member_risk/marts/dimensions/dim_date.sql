with digits as (

    {% for digit in range(10) -%}
    select {{ digit }} as digit
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

numbers as (

    select ones.digit + 10 * tens.digit + 100 * hundreds.digit + 1000 * thousands.digit as day_number
    from digits as ones
    cross join digits as tens
    cross join digits as hundreds
    cross join digits as thousands
    where thousands.digit < 2

),

bounds as (

    -- Late rows go back before the first delivery.
    select
        cast({{ dbt.dateadd('day', -60, 'first_load_date') }} as date) as first_day,
        cast({{ dbt.dateadd('day', 60, 'last_load_date') }} as date) as last_day
    from {{ ref('core_run_context') }}

),

days as (

    select cast({{ dbt.dateadd('day', 'numbers.day_number', 'bounds.first_day') }} as date) as date_day
    from numbers
    cross join bounds
    where numbers.day_number <= {{ dbt.datediff('bounds.first_day', 'bounds.last_day', 'day') }}

)

select
    date_day,
    cast(extract(year from date_day) as integer) as year_number,
    cast(extract(quarter from date_day) as integer) as quarter_number,
    cast(extract(month from date_day) as integer) as month_number,
    cast(extract(day from date_day) as integer) as day_of_month,
    cast({{ iso_weekday('date_day') }} as integer) as iso_weekday,
    {{ iso_weekday('date_day') }} >= 6 as is_weekend,
    cast({{ dbt.date_trunc('month', 'date_day') }} as date) as month_start
from days
