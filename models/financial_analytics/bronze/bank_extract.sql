{#- The extract itself: one row. "Today" is its day, or the variable `as_of_date`; never the machine's clock. -#}
select
    max(extracted_on) as extracted_on,
    {% if var('as_of_date') -%}
    cast('{{ var("as_of_date") }}' as date)
    {%- else -%}
    max(extracted_on)
    {%- endif %} as as_of_date,
    cast(sum(raw_rows) as bigint) as raw_rows,
    cast(sum(clean_rows) as bigint) as clean_rows,
    cast(sum(rejected_rows) as bigint) as rejected_rows
from {{ source('bank_control', 'load_audit') }}
