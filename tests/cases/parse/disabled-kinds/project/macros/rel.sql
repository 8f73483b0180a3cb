{% test rel_a(model) %}select 1{% endtest %}
