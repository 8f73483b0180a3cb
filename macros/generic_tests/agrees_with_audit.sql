{#-
    The rows of an entity in the lake are, day by day, those that the loader counted: no day is missing, none is there in
    part or twice. `counted` names the audit's column. Because the test also reads the audit, a failure stops every model
    that stands on both.
-#}
{% test agrees_with_audit(model, audit, counted, entity=none) %}
with audited as (

    select entity, load_date, {{ counted }} as row_count
    from {{ audit }}
    {%- if entity is not none %}
    where entity = '{{ entity }}'
    {%- endif %}

),

found as (

    select {{ "'" ~ entity ~ "'" if entity is not none else 'entity' }} as entity, load_date, count(*) as row_count
    from {{ model }}
    group by {{ 'load_date' if entity is not none else 'entity, load_date' }}

)

select
    coalesce(audited.entity, found.entity) as entity,
    coalesce(audited.load_date, found.load_date) as load_date,
    audited.row_count as audited_rows,
    found.row_count as found_rows
from audited
full outer join found
    on audited.entity = found.entity
    and audited.load_date = found.load_date
where coalesce(audited.row_count, 0) <> coalesce(found.row_count, 0)
{% endtest %}
