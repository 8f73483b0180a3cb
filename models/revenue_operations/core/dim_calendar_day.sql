{#- Every day from the first to the last that a transaction was delivered for, those without one too. -#}
with digits as (

    {% for digit in range(10) -%}
    select {{ digit }} as digit
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

numbers as (

    select ones.digit + 10 * tens.digit + 100 * hundreds.digit + 1000 * thousands.digit + 10000 * myriads.digit as day_number
    from digits as ones
    cross join digits as tens
    cross join digits as hundreds
    cross join digits as thousands
    cross join digits as myriads
    where myriads.digit < 4

),

bounds as (

    select
        cast(min(transacted_at) as date) as first_day,
        cast(max(transacted_at) as date) as last_day
    from {{ ref('stg_card_transactions') }}
    where {{ plausible_date('transacted_at') }}

),

days as (

    select cast({{ dbt.dateadd('day', 'numbers.day_number', 'bounds.first_day') }} as date) as calendar_day
    from numbers
    cross join bounds
    where numbers.day_number <= {{ dbt.datediff('bounds.first_day', 'bounds.last_day', 'day') }}

)

select
    calendar_day,
    cast(extract(year from calendar_day) as integer) as year_number,
    cast(extract(quarter from calendar_day) as integer) as quarter_number,
    cast(extract(month from calendar_day) as integer) as month_number,
    cast(extract(day from calendar_day) as integer) as day_of_month,
    cast({{ iso_weekday('calendar_day') }} as integer) as iso_weekday,
    {{ iso_weekday('calendar_day') }} >= 6 as is_weekend,
    cast({{ dbt.date_trunc('month', 'calendar_day') }} as date) as month_start
from days
