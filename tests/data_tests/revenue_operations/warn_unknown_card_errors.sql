{#- An error that the seed does not have is counted as `other`: worth a look, no reason to stop. -#}
{{ config(severity='warn') }}

select
    error_codes,
    count(*) as transactions
from {{ ref('fct_card_transactions') }}
where {{ has_code('error_codes', "'other'") }}
group by error_codes
