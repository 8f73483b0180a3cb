{#- Records delivered = facts + rejected with a reason + rejected by the loader. -#}
with counted as (

    select
        (
            select sum(raw_rows)
            from {{ source('revenue_operations', 'load_audit') }}
            where entity = 'transactions'
        ) as delivered_rows,
        (select count(*) from {{ ref('fct_card_transactions') }}) as facts,
        (select count(*) from {{ ref('rejected_card_transactions') }}) as rejected_rows,
        (
            select count(*)
            from {{ source('revenue_operations', 'rejects') }}
            where entity = 'transactions'
        ) as rejected_by_loader

)

select *
from counted
where delivered_rows <> facts + rejected_rows + rejected_by_loader
