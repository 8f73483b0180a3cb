{#-
    The wide table: one row a transaction with all that its dimensions say. Sorted by client and time, so that what one client did lies together; no index
    is needed. `served_version` tells the refreshes apart (project/serve/).
-#}
select
    wide.transaction_id,
    wide.client_id,
    wide.card_id,
    wide.mcc,
    wide.merchant_id,
    wide.transacted_at,
    wide.transaction_date,
    wide.transaction_month,
    wide.iso_weekday,
    wide.is_weekend,
    wide.transaction_hour,
    wide.amount,
    wide.is_refund,
    wide.channel,
    wide.is_declined,
    wide.error_codes,
    wide.merchant_city,
    wide.merchant_state,
    wide.merchant_country,
    wide.merchant_zip,
    wide.mcc_description,
    wide.mcc_group,
    wide.card_brand,
    wide.card_type,
    wide.card_has_chip,
    wide.card_is_on_dark_web,
    wide.card_credit_limit,
    wide.client_gender,
    wide.client_age_band,
    wide.client_income_band,
    wide.client_credit_score_band,
    wide.is_fraud,
    cast({{ var('served_version', 0) }} as integer) as served_version
from {{ ref('enriched_transactions_by_day') }} as wide
order by wide.client_id, wide.transacted_at, wide.transaction_id
