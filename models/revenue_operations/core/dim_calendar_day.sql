{#- Every day from the first to the last that a transaction was delivered for, those without one too. -#}
with bounds as (

    select
        cast(min(transacted_at) as date) as first_day,
        cast(max(transacted_at) as date) as last_day
    from {{ ref('stg_card_transactions') }}
    where {{ plausible_date('transacted_at') }}

)

{{- calendar_of_bounds('calendar_day') }}
