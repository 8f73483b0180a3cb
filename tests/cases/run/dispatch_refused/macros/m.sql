{% macro greet(name) %}{{ return(adapter.dispatch('greet', 'shop')(name)) }}{% endmacro %}
{% macro default__greet(name) %}'hello {{ name }}'{% endmacro %}
