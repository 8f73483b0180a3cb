stray text {{ x }}
{% macro one(a, b=2, c='x') -%}
  {{ two() }} {{ shop.three() }} {{ adapter.dispatch('four', 'shop')() }} {{ dbt.current_timestamp() }} {{ adapter.dispatch('five')(1) }} {% if false %}{{ one() }}{% endif %}
{%- endmacro %}

{% macro two() %}{% if x %}{{ nothere() }}{% endif %}{% endmacro %}{% macro three() %}{% if false %}{{ exceptions.raise_compiler_error('x') }}{% endif %}{% for l in [1] %}{{ loop.cycle(1) }}{% endfor %}{% endmacro %}
{% macro default__four() %}{% endmacro %}{% macro duckdb__four() %}{{ return(adapter.quote('x')) }}{% endmacro %}{% macro default__five(x) %}{{ run_query('x') }}{% endmacro %}