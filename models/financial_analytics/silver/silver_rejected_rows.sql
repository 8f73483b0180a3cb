{#- Why a row of the extract is in no silver table: one row a row, from the loader and from bronze. No values, for they may be personal. -#}
select
    entity,
    source_file,
    source_row,
    'loader' as rejected_by,
    'does_not_fit_schema' as reject_reason,
    reasons as details
from {{ source('bank_control', 'rejects') }}

union all

select
    'customers' as entity,
    source_file,
    source_row,
    'staging' as rejected_by,
    reject_reason,
    cast(null as {{ dbt.type_string() }}) as details
from {{ ref('bronze_customers') }}
where reject_reason is not null

union all

select
    'accounts' as entity,
    source_file,
    source_row,
    'staging' as rejected_by,
    reject_reason,
    cast(null as {{ dbt.type_string() }}) as details
from {{ ref('bronze_accounts') }}
where reject_reason is not null

union all

select
    'loans' as entity,
    source_file,
    source_row,
    'staging' as rejected_by,
    reject_reason,
    cast(null as {{ dbt.type_string() }}) as details
from {{ ref('bronze_loans') }}
where reject_reason is not null

union all

select
    'transactions' as entity,
    source_file,
    source_row,
    'staging' as rejected_by,
    reject_reason,
    cast(null as {{ dbt.type_string() }}) as details
from {{ ref('bronze_transactions') }}
where reject_reason is not null
