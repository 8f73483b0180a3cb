{#- Rows in = rows out + rejects, for each file of the extract: as the loader counted, and as found in silver. -#}
{{ rows_unaccounted_for(
    source('bank_control', 'load_audit'),
    [
        ['customers', ref('silver_customers')],
        ['accounts', ref('silver_accounts')],
        ['loans', ref('silver_loans')],
        ['transactions', ref('silver_transactions')],
    ],
    ref('silver_rejected_rows')
) }}
