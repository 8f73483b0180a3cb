{% macro whose() %}'pkg'{% endmacro %}
{% macro default__greet() %}'hello'{% endmacro %}
{% macro duckdb__greet() %}'quack'{% endmacro %}
{% macro refused() %}{{ adapter.dispatch('refused', 'pkg')() }}{% endmacro %}
{% macro default__refused() %}{{ exceptions.raise_compiler_error('not here') if execute }}{% endmacro %}
