with source as (

    select * from {{ source('lake', 'transactions') }}

),

normalised as (

    select
        transaction_id,
        member_id,
        transaction_at,
        cast(transaction_at as date) as transaction_date,
        merchant_id,
        upper({{ collapse_spaces('merchant_name') }}) as merchant_name,
        coalesce({{ normalise_code('category') }}, 'unknown') as category_code,
        amount,
        coalesce(upper(trim(currency)), 'USD') as currency_code,
        coalesce({{ normalise_code('payment_method') }}, 'unknown') as payment_method,
        coalesce({{ normalise_code('channel') }}, 'unknown') as channel,
        {{ normalise_code('status') }} as transaction_status,
        coalesce(is_fraud_flagged, false) as is_fraud_flagged,
        {{ normalise_code('fraud_reason') }} as fraud_reason,
        updated_at,
        load_date,
        source_file,
        source_row
    from source

)

select * from normalised
