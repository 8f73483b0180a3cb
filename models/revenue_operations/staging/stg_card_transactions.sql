{#-
    Every record of the transactions file, typed: the one place where its text is read, hence a table. `unreadable` names the columns that can't be
    read, and only then is the record's text kept, for whoever has to mend it.
-#}
with delivered as (

    select
        source_row,
        id as id_text,
        date as date_text,
        client_id as client_id_text,
        card_id as card_id_text,
        amount as amount_text,
        use_chip as use_chip_text,
        merchant_id as merchant_id_text,
        merchant_city as merchant_city_text,
        merchant_state as merchant_state_text,
        zip as zip_text,
        mcc as mcc_text,
        errors as errors_text
    from {{ source('revenue_operations', 'transactions') }}

),

typed as (

    select
        delivered.*,
        {{ whole_number('delivered.id_text', 'bigint', 18) }} as transaction_id,
        {{ delivered_timestamp('delivered.date_text') }} as transacted_at,
        {{ whole_number('delivered.client_id_text') }} as client_id,
        {{ whole_number('delivered.card_id_text') }} as card_id,
        {{ whole_number('delivered.merchant_id_text') }} as merchant_id,
        {{ whole_number('delivered.mcc_text', digits=4) }} as mcc,
        {{ currency_amount('delivered.amount_text') }} as amount,
        case upper(trim(delivered.use_chip_text))
            when 'SWIPE TRANSACTION' then 'swipe'
            when 'CHIP TRANSACTION' then 'chip'
            when 'ONLINE TRANSACTION' then 'online'
            else 'unknown'
        end as channel,
        case when upper(trim(delivered.merchant_city_text)) <> 'ONLINE' then nullif(trim(delivered.merchant_city_text), '') end as merchant_city,
        nullif(trim(delivered.merchant_state_text), '') as merchant_place,
        {{ zip_code('delivered.zip_text') }} as merchant_zip,
        {{ error_list('delivered.errors_text') }} as error_codes
    from delivered

),

checked as (

    select
        typed.*,
        {{ codes_of([
            ['unparseable_id', 'typed.transaction_id is null'],
            ['unparseable_date', 'typed.transacted_at is null'],
            ['unparseable_amount', 'typed.amount is null'],
            ['unparseable_client', 'typed.client_id is null'],
            ['unparseable_card', 'typed.card_id is null'],
            ['unparseable_mcc', 'typed.mcc is null'],
            ['unparseable_merchant', 'typed.merchant_id is null'],
        ]) }} as unreadable
    from typed

)

select
    source_row,
    transaction_id,
    transacted_at,
    client_id,
    card_id,
    merchant_id,
    mcc,
    amount,
    channel,
    merchant_city,
    -- Two letters are a state of the United States, anything longer is another country.
    case when length(merchant_place) = 2 then upper(merchant_place) end as merchant_state,
    case when length(merchant_place) = 2 then 'United States' else merchant_place end as merchant_country,
    merchant_zip,
    merchant_zip is null and coalesce(trim(zip_text), '') <> '' as has_unreadable_zip,
    error_codes,
    unreadable,
    case
        when unreadable is not null
            then {{ joined_text([
                'id_text', 'date_text', 'client_id_text', 'card_id_text', 'amount_text', 'use_chip_text', 'merchant_id_text', 'merchant_city_text',
                'merchant_state_text', 'zip_text', 'mcc_text', 'errors_text'
            ]) }}
    end as delivered_record
from checked
