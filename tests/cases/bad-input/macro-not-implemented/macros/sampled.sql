{% macro sampled(table) %}{{ return(adapter.dispatch('sampled', 'shop')(table)) }}{% endmacro %}

{% macro default__sampled(table) %}
  {{ exceptions.raise_not_implemented('sampled is not implemented for adapter ' ~ adapter.type()) }}
{% endmacro %}
