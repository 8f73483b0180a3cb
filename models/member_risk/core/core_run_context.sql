with audit as (

    select
        min(load_date) as first_load_date,
        max(load_date) as last_load_date
    from {{ ref('stg_load_audit') }}

)

select
    {% if var('as_of_date') -%}
    cast('{{ var("as_of_date") }}' as date)
    {%- else -%}
    last_load_date
    {%- endif %} as as_of_date,
    first_load_date,
    last_load_date
from audit
