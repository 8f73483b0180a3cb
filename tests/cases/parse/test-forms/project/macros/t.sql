{% test local(model, column_name=none, d={}, l=[], n=1, t=false, f=0, s='') %}{{ config(tags=['macro_tag'], severity='error', fail_calc='max(x)') }}select '{{ column_name }}' from {{ model }} where '{{ s }}' = '{{ d }}'{% endtest %}
{% test expression_is(model, column_name, expression) %}select 1 from {{ model }} where not({{ column_name }} {{ expression }}){% endtest %}
