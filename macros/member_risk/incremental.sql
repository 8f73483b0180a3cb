{#-
    The filter of a model that is incremental by day: only rows that became available on or after the last day this model
    already holds. That day is taken again, so that running a day twice gives the same rows, and a day that was loaded
    in part is completed. `--vars '{reload_from: 2025-02-10}'` takes everything from an earlier day on.
    Several columns: a row is taken when any of them is recent enough.
-#}
{% macro available_since_last_run(columns, own_column='available_on') -%}
    {%- if is_incremental() -%}
    (
        {%- for column in columns %}
        {{ 'or ' if not loop.first }}{{ column }} >= {{ last_available_day(own_column) }}
        {%- endfor %}
    )
    {%- else -%}
    1 = 1
    {%- endif -%}
{%- endmacro %}

{% macro last_available_day(own_column) -%}
    {%- if var('reload_from') -%}
    cast('{{ var("reload_from") }}' as date)
    {%- else -%}
    (select coalesce(max({{ own_column }}), cast('1900-01-01' as date)) from {{ this }})
    {%- endif -%}
{%- endmacro %}
