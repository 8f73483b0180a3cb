{% macro duckdb__scalar_function_sql(target_relation) %}
  create or replace macro {{ target_relation.render() }}(
    {%- for a in model.arguments %}{{ a.name }}{% if a.default_value is defined %} := {{ a.default_value }}{% endif %}{{ ', ' if not loop.last }}{% endfor -%}
  ) as cast(({{ model.compiled_code }}) as {{ model.returns.data_type }})
{% endmacro %}
{% macro default__aggregate_function_sql(target_relation) %}
  {{ return(duckdb__scalar_function_sql(target_relation)) }}
{% endmacro %}
{% macro duckdb__table_function_sql(target_relation) %}
  create or replace macro {{ target_relation.render() }}({{ model.arguments | map(attribute='name') | join(', ') }}) as table ({{ model.compiled_code }})
{% endmacro %}
{% macro names() %}
  {% do log(graph.functions | sort | join(' '), info=true) %}
  {% do log(function('plus') ~ ' ' ~ function('plus').type ~ ' ' ~ function('udf', 'shout'), info=true) %}
{% endmacro %}
{% macro missing() %}{% do log(function('pluss'), info=true) %}{% endmacro %}
