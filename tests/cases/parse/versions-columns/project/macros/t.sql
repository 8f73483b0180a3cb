{% test any_rows(model, n) %}select {{ n }} from {{ model }}{% endtest %}
