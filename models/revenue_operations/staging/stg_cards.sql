{{ config(pre_hook="{{ set_pii_salt() }}") }}

{#- Every record of the cards file, typed. The number is masked: a salted hash, and the last four digits. The security code is dropped. -#}
with typed as (

    select
        source_row,
        {{ whole_number('id') }} as card_id,
        {{ whole_number('client_id') }} as client_id,
        {{ known_code('card_brand', ['visa', 'mastercard', 'amex', 'discover']) }} as card_brand,
        case {{ normalise_code('card_type') }}
            when 'debit' then 'debit'
            when 'credit' then 'credit'
            when 'debit_(prepaid)' then 'prepaid'
            else 'unknown'
        end as card_type,
        case when {{ matches('card_number', '^ *[0-9]{12,19} *$') }} then trim(card_number) end as card_number,
        {{ month_of_year('expires') }} as expires_month,
        {{ yes_or_no('has_chip') }} as has_chip,
        {{ whole_number('num_cards_issued', digits=3) }} as cards_issued,
        {{ currency_amount('credit_limit') }} as credit_limit,
        {{ month_of_year('acct_open_date') }} as account_opened_month,
        {{ whole_number('year_pin_last_changed', digits=4) }} as pin_last_changed_year,
        {{ yes_or_no('card_on_dark_web') }} as is_on_dark_web
    from {{ source('revenue_operations', 'cards') }}

),

ranked as (

    select
        typed.*,
        row_number() over (partition by typed.card_id order by typed.source_row) as delivery_rank
    from typed

)

select
    ranked.source_row,
    ranked.card_id,
    ranked.client_id,
    ranked.card_brand,
    ranked.card_type,
    {{ pii_hash('ranked.card_number') }} as card_number_hash,
    substr(ranked.card_number, length(ranked.card_number) - 3, 4) as card_number_last4,
    ranked.expires_month,
    ranked.has_chip,
    ranked.cards_issued,
    ranked.credit_limit,
    ranked.account_opened_month,
    ranked.pin_last_changed_year,
    ranked.is_on_dark_web,
    {{ codes_of([
        ['unparseable_id', 'ranked.card_id is null'],
        ['unparseable_client', 'ranked.client_id is null'],
        ['duplicate_id', 'ranked.card_id is not null and ranked.delivery_rank > 1'],
        ['orphan_client', 'ranked.client_id is not null and clients.client_id is null'],
    ]) }} as reject_reasons
from ranked
left join {{ ref('stg_clients') }} as clients
    on ranked.client_id = clients.client_id
    and clients.reject_reasons is null
