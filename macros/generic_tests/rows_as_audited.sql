{#-
    An entity has in all as many rows as the loader counted. `counted` names the audit's column. Because the test also reads the audit, a failure
    stops every model that stands on both.
-#}
{% test rows_as_audited(model, audit, counted, entity) %}
select
    audited.entity,
    audited.row_count as audited_rows,
    found.row_count as found_rows
from (
    select '{{ entity }}' as entity, coalesce(sum({{ counted }}), 0) as row_count
    from {{ audit }}
    where entity = '{{ entity }}'
) as audited
cross join (
    select count(*) as row_count
    from {{ model }}
    {%- if counted == 'rejected_rows' %}
    where entity = '{{ entity }}'
    {%- endif %}
) as found
where audited.row_count <> found.row_count
{% endtest %}
