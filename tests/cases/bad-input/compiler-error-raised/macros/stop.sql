{% macro stop(why) %}
  {{ exceptions.raise_compiler_error('Stopped: ' ~ why) }}
{% endmacro %}
