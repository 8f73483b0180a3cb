{% test at_most(model, column_name, ceiling) %}
  {% if execute and ceiling is none %}{{ exceptions.raise_compiler_error('at_most needs a ceiling') }}{% endif %}
  select * from {{ model }} where {{ column_name }} > {{ ceiling }}
{% endtest %}
