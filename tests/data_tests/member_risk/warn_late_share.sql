-- Late rows are no error, but many of them are worth a look.
{{ config(severity='warn') }}

select
    transaction_date,
    count(*) as transactions,
    {{ count_if('is_late') }} as late_transactions
from {{ ref('fct_transactions') }}
where transaction_date > (select context.first_load_date from {{ ref('core_run_context') }} as context)
group by transaction_date
having {{ count_if('is_late') }} * 4 > count(*)
