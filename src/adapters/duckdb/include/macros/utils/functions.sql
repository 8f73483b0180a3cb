{# DuckDB's spelling of the functions that differ from the general ones. #}

{% macro duckdb__any_value(expression) -%}
    arbitrary({{ expression }})
{%- endmacro %}

{% macro duckdb__date(year, month, day) -%}
    make_date({{ year }}, {{ month }}, {{ day }})
{%- endmacro %}

{# A multiple of one unit, so that the number may be any expression; `interval` knows no quarters. #}
{% macro duckdb__dateadd(datepart, interval, from_date_or_timestamp) %}
  {%- set unit = datepart | lower -%}
  {%- set count = 'cast(' ~ interval ~ ' as bigint)' -%}
  {%- if unit == 'quarter' -%}
    {%- set unit = 'month' -%}
    {%- set count = '(' ~ count ~ ' * 3)' -%}
  {%- elif unit == 'week' -%}
    {%- set unit = 'day' -%}
    {%- set count = '(' ~ count ~ ' * 7)' -%}
  {%- endif %}

    ({{ from_date_or_timestamp }} + {{ count }} * interval 1 {{ unit }})
{%- endmacro %}

{# Boundaries crossed between the two; weeks are counted by days and begin on Sunday. #}
{% macro duckdb__datediff(first_date, second_date, datepart) -%}
  {%- if datepart != 'week' -%}
    (date_diff('{{ datepart }}', {{ first_date }}::timestamp, {{ second_date }}::timestamp ))
  {%- else -%}
    {%- set in_order = first_date ~ ' <= ' ~ second_date -%}
    {%- set weekday = "date_part('dow', (%s)::timestamp)" %}
    ({{ datediff(first_date, second_date, 'day') }} // 7 + case
        when {{ weekday | format(first_date) }} <= {{ weekday | format(second_date) }} then case when {{ in_order }} then 0 else -1 end
        else case when {{ in_order }} then 1 else 0 end
    end)
  {%- endif -%}
{%- endmacro %}

{% macro duckdb__last_day(date, datepart) -%}
  {%- if datepart != 'quarter' -%}
    {{ dbt.default_last_day(date, datepart) }}
  {%- else -%}
    {%- set next_quarter = dbt.dateadd('month', '3', dbt.date_trunc(datepart, date)) -%}
    cast({{ dbt.dateadd('day', '-1', next_quarter) }} as date)
  {%- endif -%}
{%- endmacro %}

{% macro duckdb__generate_series(upper_bound) %}
    select generate_series as generated_number
    from generate_series(1, {{ upper_bound }})
{% endmacro %}

{% macro duckdb__listagg(measure, delimiter_text, order_by_clause, limit_num) -%}
  {%- set ordering = order_by_clause or '' -%}
  {%- if not limit_num -%}
    string_agg({{ measure }}, {{ delimiter_text }} {{ ordering }})
  {%- else -%}
    {%- set first_ones = '(array_agg(%s %s))[1:%s]' | format(measure, ordering, limit_num) -%}
    list_aggr({{ first_ones }}, 'string_agg', {{ delimiter_text }})
  {%- endif -%}
{%- endmacro %}

{% macro duckdb__split_part(string_text, delimiter_text, part_number) %}
    string_split({{ string_text }}, {{ delimiter_text }})[ {{ part_number }} ]
{% endmacro %}
