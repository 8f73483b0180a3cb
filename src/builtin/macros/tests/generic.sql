{# The four tests that need no package. Each goes through dispatch, so that an engine or a project can replace its SQL. The
  empty lines put that SQL on the line that it has in dbt. #}

{% test unique(model, column_name) %}
  {%- set sql_of = adapter.dispatch('test_unique', 'dbt') %}


  {{ sql_of(model, column_name) }}
{% endtest %}

{% test not_null(model, column_name) %}
  {%- set sql_of = adapter.dispatch('test_not_null', 'dbt') %}




  {{ sql_of(model, column_name) }}
{% endtest %}

{% test accepted_values(model, column_name, values, quote=True) %}
  {%- set sql_of = adapter.dispatch('test_accepted_values', 'dbt') %}


  {{ sql_of(model, column_name, values, quote) }}
{% endtest %}

{% test relationships(model, column_name, to, field) %}
  {%- set sql_of = adapter.dispatch('test_relationships', 'dbt') %}


  {{ sql_of(model, column_name, to, field) }}
{% endtest %}


{% macro default__test_unique(model, column_name) %}
select
    {{ column_name }} as unique_field,
    count(*) as n_records

from {{ model }}
where {{ column_name }} is not null
group by {{ column_name }}
having count(*) > 1
{% endmacro %}


{# Kept failures show the whole row; a mere count needs one column. #}
{% macro default__test_not_null(model, column_name) %}
select {{ '*' if should_store_failures() else column_name }}
from {{ model }}
where {{ column_name }} is null
{% endmacro %}


{% macro default__test_accepted_values(model, column_name, values, quote=True) %}
{%- set edge = "'" if quote else '' %}
with all_values as (

    select
        {{ column_name }} as value_field,
        count(*) as n_records

    from {{ model }}
    group by {{ column_name }}

)

select *
from all_values
where value_field not in (
    {% for value in values -%}
    {{ edge }}{{ value }}{{ edge }}{{ ',' if not loop.last }}
    {%- endfor %}
)
{% endmacro %}


{% macro default__test_relationships(model, column_name, to, field) %}
with child as (
    select {{ column_name }} as from_field
    from {{ model }}
    where {{ column_name }} is not null
),

parent as (
    select {{ field }} as to_field
    from {{ to }}
)

select from_field
from child
left join parent
    on child.from_field = parent.to_field
where parent.to_field is null
{% endmacro %}
