{#- How many rows each relation has, by the entity that it holds: `relations` is a list of pairs, name and relation. -#}
{% macro row_counts(relations) -%}
    {% for entity, relation in relations -%}
    select
        '{{ entity }}' as entity,
        count(*) as row_count
    from {{ relation }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
{%- endmacro %}


{#-
    The entities of an extract of which rows were lost: delivered are as many as the loader has split into clean and rejected, and as many as are in
    the relations and in `rejected`, which has one row for each row that is in none of them.
-#}
{% macro rows_unaccounted_for(audit, relations, rejected) -%}
with staged as (

    {{ row_counts(relations) }}
),

rejected as (

    select
        entity,
        count(*) as row_count
    from {{ rejected }}
    group by entity

)

select
    audited.entity,
    audited.raw_rows,
    staged.row_count as staged_rows,
    rejected.row_count as rejected_rows
from {{ audit }} as audited
left join staged on audited.entity = staged.entity
left join rejected on audited.entity = rejected.entity
where
    audited.raw_rows <> audited.clean_rows + audited.rejected_rows
    or audited.raw_rows <> coalesce(staged.row_count, 0) + coalesce(rejected.row_count, 0)
{%- endmacro %}


{#- What the loader rejected of an extract, in the columns in which `rejected_in_staging` gives the others. No values, for they may be personal. -#}
{% macro rejected_by_loader(rejects) -%}
    select
        entity,
        source_file,
        source_row,
        'loader' as rejected_by,
        'does_not_fit_schema' as reject_reason,
        reasons as details
    from {{ rejects }}
{%- endmacro %}


{#- The rows of staging models that go no further, by the entity that each holds: `relations` is a list of pairs, name and relation. -#}
{% macro rejected_in_staging(relations) -%}
    {% for entity, relation in relations -%}
    select
        '{{ entity }}' as entity,
        source_file,
        source_row,
        'staging' as rejected_by,
        reject_reason,
        cast(null as {{ dbt.type_string() }}) as details
    from {{ relation }}
    where reject_reason is not null
    {{ 'union all' if not loop.last }}
    {% endfor %}
{%- endmacro %}
