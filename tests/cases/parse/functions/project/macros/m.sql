{% macro some_macro() %}{{ function('shout') }}('a') = 'A'{% endmacro %}
{% test added(model, column_name, to) %}
select 1 from {{ model }} where {{ function('plus') }}({{ column_name }}, {{ to }}) is null
{% endtest %}
