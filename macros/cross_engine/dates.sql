{#- Day of the week, 1 = Monday to 7 = Sunday. -#}
{% macro iso_weekday(expression) -%}
    {{ return(adapter.dispatch('iso_weekday', 'tsdbt_flagship')(expression)) }}
{%- endmacro %}

{% macro default__iso_weekday(expression) -%}
    extract(day_of_week from {{ expression }})
{%- endmacro %}

{% macro duckdb__iso_weekday(expression) -%}
    extract(isodow from {{ expression }})
{%- endmacro %}

{% macro postgres__iso_weekday(expression) -%}
    extract(isodow from {{ expression }})
{%- endmacro %}


{#- Completed years between two dates, as people count their age. -#}
{% macro completed_years(from_date, to_date) -%}
    cast(
        extract(year from {{ to_date }}) - extract(year from {{ from_date }})
        - case
            when extract(month from {{ to_date }}) * 100 + extract(day from {{ to_date }})
                < extract(month from {{ from_date }}) * 100 + extract(day from {{ from_date }})
                then 1
            else 0
        end as integer
    )
{%- endmacro %}


{#- A text of the form `YYYY-MM-DD HH:MM:SS` as a timestamp; null when the calendar or the clock has no such moment. -#}
{% macro timestamp_or_null(expression) -%}
    {{ return(adapter.dispatch('timestamp_or_null', 'tsdbt_flagship')(expression)) }}
{%- endmacro %}

{% macro default__timestamp_or_null(expression) -%}
    try_cast({{ expression }} as timestamp)
{%- endmacro %}

{% macro postgres__timestamp_or_null(expression) -%}
    case when pg_input_is_valid({{ expression }}, 'timestamp') then cast({{ expression }} as timestamp) end
{%- endmacro %}
