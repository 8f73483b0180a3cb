{#- Classifications of clients and dates; each has a unit test in models/revenue_operations/_unit_tests.yml. -#}

{% macro age_band(age) -%}
    case
        when {{ age }} is null then 'unknown'
        when {{ age }} < 25 then 'under_25'
        when {{ age }} < 35 then '25_to_34'
        when {{ age }} < 50 then '35_to_49'
        when {{ age }} < 65 then '50_to_64'
        else '65_and_over'
    end
{%- endmacro %}


{#- Dollars a year. -#}
{% macro income_band(income) -%}
    case
        when {{ income }} is null then 'unknown'
        when {{ income }} < 30000 then 'under_30k'
        when {{ income }} < 60000 then '30k_to_60k'
        when {{ income }} < 100000 then '60k_to_100k'
        else '100k_and_over'
    end
{%- endmacro %}


{#- The usual bands of a FICO score. -#}
{% macro credit_score_band(score) -%}
    case
        when {{ score }} is null then 'unknown'
        when {{ score }} < 580 then 'poor'
        when {{ score }} < 670 then 'fair'
        when {{ score }} < 740 then 'good'
        when {{ score }} < 800 then 'very_good'
        else 'exceptional'
    end
{%- endmacro %}


{#- Does a moment lie within what the file may hold? Unknown moments are another fault. -#}
{% macro plausible_date(moment) -%}
    {{ moment }} >= cast('{{ var("card_transactions_from") }}' as timestamp) and {{ moment }} < cast('{{ var("card_transactions_before") }}' as timestamp)
{%- endmacro %}
