{#- The relation has at least so many rows. -#}
{% test not_empty(model, at_least=1) %}
select row_count
from (
    select count(*) as row_count
    from {{ model }}
) as counted
where row_count < {{ at_least }}
{% endtest %}
