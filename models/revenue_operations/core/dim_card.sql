select
    cards.card_id,
    clients.client_id,
    cards.card_brand,
    cards.card_type,
    cards.card_number_hash,
    cards.card_number_last4,
    cards.expires_month,
    cards.has_chip,
    cards.cards_issued,
    {{ money('cards.credit_limit') }} as credit_limit,
    cards.account_opened_month,
    cards.pin_last_changed_year,
    cards.is_on_dark_web
from {{ ref('stg_cards') }} as cards
inner join {{ ref('dim_client') }} as clients on cards.client_id = clients.client_id
where cards.reject_reasons is null
