{% macro called() %}1{% endmacro %}
{% macro raises() %}{{ exceptions.raise_compiler_error('no') }}{% endmacro %}
{% macro never() %}2{% endmacro %}
