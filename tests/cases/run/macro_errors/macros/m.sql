{% macro outer(x) %}{{ inner(x) }}{% endmacro %}
{% macro inner(x) %}{{ exceptions.raise_compiler_error('raised: ' ~ x) if execute }}{% endmacro %}
{% macro outer_undefined() %}{{ inner_undefined() }}{% endmacro %}
{% macro inner_undefined() %}{{ not_there.attr if execute }}{% endmacro %}
{% macro wrong_args() %}{{ inner(1, 2, 3) if execute }}{% endmacro %}
{% macro bad_query() %}{% if execute %}{{ run_query('select nope from nowhere') }}{% endif %}{% endmacro %}
