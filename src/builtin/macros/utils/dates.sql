{# Date arithmetic in the database. #}

{% macro date(year, month, day) %}
  {%- do return(adapter.dispatch('date', 'dbt')(year, month, day)) -%}
{% endmacro %}

{% macro default__date(year, month, day) -%}
    to_date('{{ modules.datetime.date(year, month, day).strftime('%Y-%m-%d') }}', 'YYYY-MM-DD')
{%- endmacro %}

{% macro date_trunc(datepart, date) -%}
  {%- do return(adapter.dispatch('date_trunc', 'dbt')(datepart, date)) -%}
{%- endmacro %}

{% macro default__date_trunc(datepart, date) -%}
    date_trunc('{{ datepart }}', {{ date }})
{%- endmacro %}

{% macro dateadd(datepart, interval, from_date_or_timestamp) %}
  {%- do return(adapter.dispatch('dateadd', 'dbt')(datepart, interval, from_date_or_timestamp)) -%}
{% endmacro %}

{% macro default__dateadd(datepart, interval, from_date_or_timestamp) %}
    dateadd({{ datepart }}, {{ interval }}, {{ from_date_or_timestamp }})
{% endmacro %}

{% macro datediff(first_date, second_date, datepart) %}
  {%- do return(adapter.dispatch('datediff', 'dbt')(first_date, second_date, datepart)) -%}
{% endmacro %}

{% macro default__datediff(first_date, second_date, datepart) -%}
    datediff({{ datepart }}, {{ first_date }}, {{ second_date }})
{%- endmacro %}

{% macro last_day(date, datepart) %}
  {%- do return(adapter.dispatch('last_day', 'dbt')(date, datepart)) -%}
{% endmacro %}

{% macro default__last_day(date, datepart) -%}
  {{ dbt.default_last_day(date, datepart) }}
{%- endmacro %}

{# One day before the next period; by its own name, for engines to fall back on. #}
{%- macro default_last_day(date, datepart) -%}
  {%- set start = dbt.date_trunc(datepart, date) -%}
  {%- set next_start = dbt.dateadd(datepart, '1', start) -%}
    cast({{ dbt.dateadd('day', '-1', next_start) }} as date)
{%- endmacro -%}


{# How many periods lie between two dates, asked of the database. #}
{% macro get_intervals_between(start_date, end_date, datepart) -%}
  {%- do return(adapter.dispatch('get_intervals_between', 'dbt')(start_date, end_date, datepart)) -%}
{%- endmacro %}

{% macro default__get_intervals_between(start_date, end_date, datepart) -%}
  {%- set answer = tsdbt__fetch('get_intervals_between', 'select ' ~ dbt.datediff(start_date, end_date, datepart)) -%}
  {%- set first_row = (answer['data'] or [[1]])[0] if answer else [1] -%}
  {%- do return(first_row[0]) -%}
{%- endmacro %}

{# A row for every period from the start to the end, the end included: `date_spine('day', "date '2024-01-01'", …)` #}
{% macro date_spine(datepart, start_date, end_date) %}
  {%- do return(adapter.dispatch('date_spine', 'dbt')(datepart, start_date, end_date)) -%}
{% endmacro %}

{% macro default__date_spine(datepart, start_date, end_date) %}
  {%- set period = 'date_' ~ datepart -%}
  {%- set count = dbt.get_intervals_between(start_date, end_date, datepart) %}
    with rawdata as (
        {{ dbt.generate_series(count) }}
    ),

    all_periods as (
        select ({{ dbt.dateadd(datepart, 'row_number() over (order by 1) - 1', start_date) }}) as {{ period }}
        from rawdata
    ),

    filtered as (
        select *
        from all_periods
        where {{ period }} <= {{ end_date }}
    )

    select * from filtered
{% endmacro %}


{# The least n with 2 to the n at least `upper_bound`. #}
{% macro get_powers_of_two(upper_bound) %}
  {%- do return(adapter.dispatch('get_powers_of_two', 'dbt')(upper_bound)) -%}
{% endmacro %}

{% macro default__get_powers_of_two(upper_bound) %}
  {%- if upper_bound <= 0 -%}
    {%- do exceptions.raise_compiler_error('upper bound must be positive') -%}
  {%- endif -%}
  {%- for n in range(1, 100) if upper_bound <= 2 ** n -%}
    {%- do return(n) -%}
  {%- endfor -%}
{% endmacro %}

{# The numbers from 1 to `upper_bound`, without any function of the engine: the sums of powers of two. #}
{% macro generate_series(upper_bound) %}
  {%- do return(adapter.dispatch('generate_series', 'dbt')(upper_bound)) -%}
{% endmacro %}

{% macro default__generate_series(upper_bound) %}
  {%- set terms = [] -%}
  {%- set tables = [] -%}
  {%- for i in range(dbt.get_powers_of_two(upper_bound)) -%}
    {%- do terms.append('p%s.generated_number * power(2, %s)' | format(i, i)) -%}
    {%- do tables.append('p as p%s' | format(i)) -%}
  {%- endfor %}
    with p as (
        select 0 as generated_number union all select 1
    ),

    unioned as (
        select {{ terms | join(' + ') }} + 1 as generated_number
        from {{ tables | join(' cross join ') }}
    )

    select *
    from unioned
    where generated_number <= {{ upper_bound }}
    order by generated_number
{% endmacro %}
