{#-
    Every day from `bounds.first_day` to `bounds.last_day`, at most 40,000 of them, with what a calendar says of it: the columns of a day dimension, whose
    first is named `day`. What stands before it is `with bounds as (…)`.
-#}
{% macro calendar_of_bounds(day) %}
,

digits as (

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

days as (

    select cast({{ dbt.dateadd('day', 'numbers.day_number', 'bounds.first_day') }} as date) as {{ day }}
    from numbers
    cross join bounds
    where numbers.day_number <= {{ dbt.datediff('bounds.first_day', 'bounds.last_day', 'day') }}

)

select
    {{ day }},
    cast(extract(year from {{ day }}) as integer) as year_number,
    cast(extract(quarter from {{ day }}) as integer) as quarter_number,
    cast(extract(month from {{ day }}) as integer) as month_number,
    cast(extract(day from {{ day }}) as integer) as day_of_month,
    cast({{ iso_weekday(day) }} as integer) as iso_weekday,
    {{ iso_weekday(day) }} >= 6 as is_weekend,
    cast({{ dbt.date_trunc('month', day) }} as date) as month_start
from days
{% endmacro %}
