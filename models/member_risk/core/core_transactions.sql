{{
    config(
        materialized='incremental',
        incremental_strategy='delete+insert',
        unique_key='transaction_id',
        on_schema_change='fail'
    )
}}

with members as (

    select
        member_id,
        first_loaded_on
    from {{ ref('core_members') }}

),

currencies as (

    select * from {{ ref('currencies') }}

),

-- What core_quarantine holds back stays out; a member that came late brings its earlier events along.
incoming as (

    select
        staged.*,
        greatest(staged.load_date, members.first_loaded_on) as available_on
    from {{ ref('stg_transactions') }} as staged
    inner join members on staged.member_id = members.member_id
    where
        not exists (
            select 1
            from {{ ref('core_quarantine') }} as held_back
            where
                held_back.entity = 'transactions'
                and held_back.load_date = staged.load_date
                and held_back.source_file = staged.source_file
                and held_back.source_row = staged.source_row
        )
        and {{ available_since_last_run(['staged.load_date', 'members.first_loaded_on']) }}

),

-- Duplicates and corrections: the newest version counts, whenever it was delivered.
ranked as (

    select
        *,
        row_number() over (
            partition by transaction_id
            order by updated_at desc, load_date desc, source_file desc, source_row desc
        ) as version_rank
    from incoming

),

latest as (

    select * from ranked
    where version_rank = 1

)

select
    latest.transaction_id,
    latest.member_id,
    latest.transaction_at,
    latest.transaction_date,
    latest.merchant_id,
    latest.merchant_name,
    latest.category_code,
    latest.amount,
    latest.currency_code,
    {{ money('round(latest.amount * coalesce(currencies.usd_rate, 1), 2)') }} as amount_usd,
    latest.payment_method,
    latest.channel,
    latest.transaction_status,
    latest.is_fraud_flagged,
    latest.fraud_reason,
    latest.updated_at,
    latest.load_date,
    latest.available_on,
    latest.source_file,
    latest.source_row
from latest
left join currencies on latest.currency_code = currencies.currency_code
{% if is_incremental() -%}
-- An original that arrives after its correction does not replace it.
where not exists (
        select 1
        from {{ this }} as kept
        where
            kept.transaction_id = latest.transaction_id
            and kept.updated_at > latest.updated_at
    )
{%- endif %}
