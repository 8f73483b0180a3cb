{% test my_test(model, column_name, arg1=1, arg2=none) %}{{ config(severity='warn', tags=['fromtest']) }} select * from {{ model }} where {{ column_name }} = {{ arg1 }} {% if arg2 %}{{ ref('b') }}{% endif %}{% endtest %}
{% test model_level(model, cols) %}select 1{% endtest %}
{% macro test_old_style(model) %}select 1{% endmacro %}