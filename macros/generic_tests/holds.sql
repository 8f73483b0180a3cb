{#- A condition is true in every row. Unknown (null) is a failure too. -#}
{% test holds(model, condition) %}
select *
from {{ model }}
where case when {{ condition }} then 0 else 1 end = 1
{% endtest %}
