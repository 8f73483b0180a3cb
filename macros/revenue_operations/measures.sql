{#- What a transaction brings: a declined one moves no money. Purchases and refunds are both counted as positive dollars. -#}

{% macro revenue_measures() -%}
    count(*) as transactions,
    {{ count_if('is_declined') }} as declined_transactions,
    {{ count_if('is_refund and not is_declined') }} as refunds,
    {{ money_if('not is_refund and not is_declined', 'amount') }} as purchase_amount,
    {{ money_if('is_refund and not is_declined', '-amount') }} as refund_amount,
    {{ money_if('not is_declined', 'amount') }} as net_revenue
{%- endmacro %}


{#- Counts by label: unlabelled transactions say nothing about fraud. Dollars are those of purchases; a refund that is labelled fraud takes nothing off. -#}
{% macro fraud_measures() -%}
    count(*) as transactions,
    count(is_fraud) as labelled_transactions,
    {{ count_if('is_fraud') }} as fraud_transactions,
    {{ money_if('is_fraud and not is_refund', 'amount') }} as fraud_amount,
    {{ money_if('is_fraud and not is_refund and not is_declined', 'amount') }} as fraud_loss
{%- endmacro %}


{#- The rates of those counts. -#}
{% macro fraud_rates() -%}
    {{ rate('labelled_transactions', 'transactions') }} as label_coverage,
    {{ rate('fraud_transactions', 'labelled_transactions') }} as fraud_rate,
    {{ lowest_rate('fraud_transactions', 'labelled_transactions') }} as lowest_fraud_rate
{%- endmacro %}


{#- part / whole to six digits; null where there is no whole. -#}
{% macro rate(part, whole) -%}
    cast(case when {{ whole }} <> 0 then round(cast({{ part }} as decimal(24, 8)) / ({{ whole }}), 6) end as decimal(12, 6))
{%- endmacro %}


{#- The lower end of Wilson's 95 % interval of a rate: few cases do not make a high rate. -#}
{% macro lowest_rate(part, whole) -%}
    cast(
        case
            when {{ whole }} > 0
                then round(cast(
                    greatest(0, (
                        {{ part }} + 1.9208
                        - 1.96 * sqrt(cast({{ part }} * cast({{ whole }} - {{ part }} as double precision) / {{ whole }} + 0.9604 as double precision))
                    ) / ({{ whole }} + 3.8416)) as decimal(18, 12)
                ), 6)
        end as decimal(12, 6)
    )
{%- endmacro %}
