{% test in_generic(model) %}select 1{% endtest %}
