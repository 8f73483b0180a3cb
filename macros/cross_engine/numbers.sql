{#- Money is a decimal everywhere, so that sums do not depend on the order of adding. -#}
{% macro money(expression) -%}
    cast({{ expression }} as decimal(18, 2))
{%- endmacro %}


{#- numerator / denominator to four digits; 0 where there is nothing to divide by. -#}
{% macro ratio(numerator, denominator) -%}
    cast(
        case
            when coalesce({{ denominator }}, 0) = 0 then 0
            else round(cast({{ numerator }} as decimal(18, 4)) / ({{ denominator }}), 4)
        end as decimal(18, 4)
    )
{%- endmacro %}


{#- A measure as a part of the value at which it counts in full: 0 to 1. -#}
{% macro part_of(expression, full_at) -%}
    cast(least(1, greatest(0, round(cast({{ expression }} as decimal(18, 4)) / ({{ full_at }}), 4))) as decimal(9, 4))
{%- endmacro %}


{#- How many rows fulfil a condition. -#}
{% macro count_if(condition) -%}
    cast(sum(case when {{ condition }} then 1 else 0 end) as bigint)
{%- endmacro %}


{#- The sum of an amount over the rows that fulfil a condition. -#}
{% macro money_if(condition, amount) -%}
    {{ money('sum(case when ' ~ condition ~ ' then ' ~ amount ~ ' else 0 end)') }}
{%- endmacro %}


{#- The median of an amount, to the cent: the middle value, of two the mean. (Trino's is near it: it has no exact one.) -#}
{% macro median(expression) -%}
    {{ return(adapter.dispatch('median', 'tsdbt_flagship')(expression)) }}
{%- endmacro %}

{% macro default__median(expression) -%}
    {{ money('round(approx_percentile(' ~ expression ~ ', 0.5), 2)') }}
{%- endmacro %}

{% macro duckdb__median(expression) -%}
    {{ money('round(median(' ~ expression ~ '), 2)') }}
{%- endmacro %}

{% macro postgres__median(expression) -%}
    {{ money('round(cast(percentile_cont(0.5) within group (order by ' ~ expression ~ ') as numeric), 2)') }}
{%- endmacro %}
