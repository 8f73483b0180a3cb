{#
  User-defined functions are DuckDB's macros: scalar ones, aggregates (whose body has an aggregate in it) and tables. What
  a scalar or an aggregate gives is cast to what the properties say that it returns. Parameters have names and defaults but
  no types: DuckDB keeps types of parameters in some databases only, and a function should do the same in all of them.
#}

{% macro duckdb__scalar_function_create_replace_signature_sql(target_relation) %}
  {%- do scalar_function_volatility_sql() -%}
  create or replace macro {{ target_relation.render() }}({{ formatted_scalar_function_args_sql() }}) as
{% endmacro %}

{% macro duckdb__formatted_scalar_function_args_sql() %}
  {%- for arg in model.arguments -%}
    {{ arg.name }}{% if arg.default_value is defined %} := {{ arg.default_value }}{% endif %}{{ ', ' if not loop.last }}
  {%- endfor -%}
{% endmacro %}

{% macro duckdb__scalar_function_body_sql() %}
  {%- if model.returns.data_type == 'INVALID_TYPE' -%}
    {%- do exceptions.raise_compiler_error(
        "Nothing says what function '%s' returns: describe it below `functions:` in a properties file, with `returns: {data_type: …}`"
        | format(model.name)) -%}
  {%- endif -%}
  cast((
{{ model.compiled_code }}
  ) as {{ model.returns.data_type }})
{% endmacro %}

{# A macro is put into the query that calls it: whether it is deterministic follows from what is in it. #}
{% macro duckdb__scalar_function_volatility_sql() %}
  {%- set volatility = model.config.get('volatility') -%}
  {%- do unsupported_volatility_warning(volatility) if volatility -%}
{% endmacro %}

{% macro duckdb__aggregate_function_sql(target_relation) %}
  {{- scalar_function_sql(target_relation) -}}
{% endmacro %}

{% macro duckdb__table_function_sql(target_relation) %}
  {{ scalar_function_create_replace_signature_sql(target_relation) }} table (
{{ model.compiled_code }}
  );
{% endmacro %}

{% macro duckdb__scalar_function_python(target_relation) %}
  {%- do tsdbt__refuse_python_function() -%}
{% endmacro %}

{% macro duckdb__aggregate_function_python(target_relation) %}
  {%- do tsdbt__refuse_python_function() -%}
{% endmacro %}

{% macro duckdb__table_function_python(target_relation) %}
  {%- do tsdbt__refuse_python_function() -%}
{% endmacro %}

{# Our own: DuckDB runs functions in Python only within a Python process. #}
{% macro tsdbt__refuse_python_function() %}
  {%- do exceptions.raise_compiler_error(
      "Function '%s' is written in Python, which DuckDB does not run here: write it in SQL" | format(model.name)) -%}
{% endmacro %}
