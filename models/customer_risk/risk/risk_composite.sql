{#- The six factors side by side and their weighted sum, 0 to 1. The weights are in the seed `risk_factors` and add up to 1. -#}
{%- set factors = ['velocity', 'geographic', 'behavioral', 'profile', 'amount', 'temporal'] -%}
with long_form as (

    {% for factor in factors -%}
    select
        customer_id,
        '{{ factor }}' as risk_factor,
        risk_score
    from {{ ref('risk_' ~ factor) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

weighted as (

    select
        long_form.customer_id,
        long_form.risk_factor,
        long_form.risk_score,
        long_form.risk_score * factors.weight as weighted_score,
        row_number() over (
            partition by long_form.customer_id
            order by long_form.risk_score * factors.weight desc, factors.factor_order
        ) as factor_rank
    from long_form
    inner join {{ ref('risk_factors') }} as factors on long_form.risk_factor = factors.risk_factor

)

select
    customer_id,
    {% for factor in factors -%}
    cast(max(case when risk_factor = '{{ factor }}' then risk_score else 0 end) as decimal(5, 4)) as {{ factor }}_risk,
    {% endfor -%}
    {{ count_if('risk_score >= 0.5') }} as strong_factors,
    max(case when factor_rank = 1 and risk_score > 0 then risk_factor end) as primary_risk_factor,
    {{ score('sum(weighted_score)') }} as composite_risk_score
from weighted
group by customer_id
