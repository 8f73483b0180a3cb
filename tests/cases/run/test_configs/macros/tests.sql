{% test of_model(model, at_least=1) %}
{{ config(severity='warn', error_if='>10') }}
select * from {{ model }} where (select count(*) from {{ model }}) < {{ at_least }} or amount is null
{% endtest %}

{% test between(model, column_name, low, high) %}
select {{ column_name }} from {{ model }} where {{ column_name }} not between {{ low }} and {{ high }}
{% endtest %}

{% test a_very_long_name_of_a_generic_test_indeed(model, column_name, with_an_argument, and_another) %}
select 1 as found where '{{ with_an_argument }}' = ''
{% endtest %}
