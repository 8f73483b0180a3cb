{#- Why a row of the extract is in no silver table: one row a row, from the loader and from bronze. No values, for they may be personal. -#}
{{ rejected_by_loader(source('bank_control', 'rejects')) }}

union all

{{ rejected_in_staging([
    ['customers', ref('bronze_customers')],
    ['accounts', ref('bronze_accounts')],
    ['loans', ref('bronze_loans')],
    ['transactions', ref('bronze_transactions')],
]) }}
