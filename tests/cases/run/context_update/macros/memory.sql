{# What one macro puts into the context another one finds there, as long as the same node renders. #}
{% macro remember(key, value) %}
  {% set memory = context.get('__memory', {}) %}
  {% do memory.update({key: value}) %}
  {% do context.update({'__memory': memory}) %}
{% endmacro %}

{% macro recall(key) %}{{ return(context.get('__memory', {}).get(key, 'nothing')) }}{% endmacro %}

{% macro greet() %}{{ return(greeting | default('no greeting')) }}{% endmacro %}
