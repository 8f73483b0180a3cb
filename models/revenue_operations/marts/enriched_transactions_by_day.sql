{#- The rows of the wide table, looked up in the star: the facts lie in the order of time, so that what happened on a day lies together. -#}
{{ config(materialized='view') }}
select
    facts.transaction_id,
    facts.client_id,
    facts.card_id,
    facts.mcc,
    facts.merchant_id,
    facts.transacted_at,
    facts.transaction_date,
    days.month_start as transaction_month,
    days.iso_weekday,
    days.is_weekend,
    cast(extract(hour from facts.transacted_at) as integer) as transaction_hour,
    facts.amount,
    facts.is_refund,
    facts.channel,
    facts.is_declined,
    facts.error_codes,
    facts.merchant_city,
    facts.merchant_state,
    facts.merchant_country,
    facts.merchant_zip,
    mccs.mcc_description,
    mccs.mcc_group,
    cards.card_brand,
    cards.card_type,
    cards.has_chip as card_has_chip,
    cards.is_on_dark_web as card_is_on_dark_web,
    cards.credit_limit as card_credit_limit,
    clients.gender as client_gender,
    clients.age_band as client_age_band,
    clients.income_band as client_income_band,
    clients.credit_score_band as client_credit_score_band,
    facts.is_fraud
from {{ ref('fct_card_transactions') }} as facts
inner join {{ ref('dim_client') }} as clients on facts.client_id = clients.client_id
inner join {{ ref('dim_card') }} as cards on facts.card_id = cards.card_id
inner join {{ ref('dim_mcc') }} as mccs on facts.mcc = mccs.mcc
inner join {{ ref('dim_calendar_day') }} as days on facts.transaction_date = days.calendar_day
