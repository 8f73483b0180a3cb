{#-
    How far a value lies above the usual, in usual deviations: the robust z-score. The deviation is 1.4826 times the median of the
    distances from the median (which is the standard deviation of a normal distribution), at least a tenth of the median and one
    unit, so that somebody who always spends the same is not an anomaly with every cent more.
-#}
{% macro robust_score(expression, median, deviation) -%}
    cast(round(({{ expression }} - {{ median }}) / greatest(1.4826 * {{ deviation }}, 0.1 * {{ median }}, 1), 2) as decimal(18, 2))
{%- endmacro %}


{#- One value as a multiple of another, to two digits. -#}
{% macro multiple_of(expression, base) -%}
    cast(round(cast({{ expression }} as decimal(18, 4)) / {{ base }}, 2) as decimal(18, 2))
{%- endmacro %}


{#- A rule of the seed `anomaly_rules` beside the days it looks at. -#}
{% macro alert_rule(code) -%}
    select
        rules.rule_code,
        rules.minimum_observed,
        rules.minimum_history,
        rules.medium_at,
        days.as_of_date,
        days.alerts_from,
        days.history_from
    from {{ ref('anomaly_rules') }} as rules
    cross join {{ ref('int_alert_window') }} as days
    where rules.rule_code = '{{ code }}'
{%- endmacro %}
