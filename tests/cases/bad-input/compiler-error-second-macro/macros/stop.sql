{% macro before() %}
  select 1
{% endmacro %}

  {%- macro stop(why, default=none) %}
  {% call statement('probe', fetch_result=true) %}
    {%- if default is none %}
      {{ exceptions.raise_compiler_error('Stopped: ' ~ why) }}
    {%- else %}
      {{ log('Nothing stops: ' ~ default) }}
    {%- endif %}
  {% endcall %}
{% endmacro %}
