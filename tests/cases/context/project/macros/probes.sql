{% macro nothing() %}{% endmacro %}

{% macro five() %}{{ return(5) }}{% endmacro %}

{% macro greet(name, greeting='Hello') %}{{ greeting }}, {{ name }}!{% endmacro %}

{% macro dispatched(x) %}{{ return(adapter.dispatch('dispatched', 'shop')(x)) }}{% endmacro %}

{% macro default__dispatched(x) %}default {{ x }}{% endmacro %}

{% macro duckdb__dispatched(x) %}duckdb {{ x }}{% endmacro %}

{% macro stack() %}{{ return(context_macro_stack.call_stack) }}{% endmacro %}

{% macro outer_stack() %}{{ return(stack()) }}{% endmacro %}

{% macro fails() %}{{ exceptions.raise_compiler_error('it fails') }}{% endmacro %}

{% macro wraps(n) %}[{% for i in range(n) %}{{ caller(i) }}{% endfor %}]{% endmacro %}

{% macro over_one(row) %}{{ return(row['a'] > 1) }}{% endmacro %}
