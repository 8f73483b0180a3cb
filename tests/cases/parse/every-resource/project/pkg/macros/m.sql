{% macro helper(a) %}{{ return(adapter.dispatch('helper', 'pk')(a)) }}{% endmacro %}
{% macro default__helper(a) %}pk{{ a }}{% endmacro %}
{% test pk_gen(model, x) %}select 1 where {{ x }} = 2{% endtest %}
