{% macro duckdb__scalar_function_sql(target_relation) %}
  create or replace macro {{ target_relation.render() }}(
    {%- for a in model.arguments %}{{ a.name }}{% if a.default_value is defined %} := {{ a.default_value }}{% endif %}{{ ', ' if not loop.last }}{% endfor -%}
  ) as cast(({{ model.compiled_code }}) as {{ model.returns.data_type }})
{% endmacro %}
