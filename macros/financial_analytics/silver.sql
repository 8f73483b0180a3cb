{#- Where a table of the silver layer stands in the lake. -#}
{% macro silver_file(name) -%}
    {{ env_var('FLAGSHIP_LAKE', var('lake_path')) }}/financial_analytics/silver/{{ name }}.parquet
{%- endmacro %}


{#- A code as typed, as one of those that are known; else 'unknown'. -#}
{% macro known_code(expression, codes) -%}
    case when {{ normalise_code(expression) }} in ('{{ codes | join("', '") }}') then {{ normalise_code(expression) }} else 'unknown' end
{%- endmacro %}


{#- Rank of a version among those of its key: what has no problem first, then what was changed last. -#}
{% macro version_rank(key, changed_at) -%}
    row_number() over (
        partition by {{ key }}
        order by case when problem is null then 0 else 1 end, {{ changed_at }} desc, source_file desc, source_row desc
    )
{%- endmacro %}


{#- Why a ranked row goes no further, or null. -#}
{% macro reject_reason() -%}
    case when problem is not null then problem when version_rank > 1 then 'delivered_again' end
{%- endmacro %}
