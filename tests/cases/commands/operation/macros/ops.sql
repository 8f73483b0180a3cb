{% macro says(word='hello', times=1) %}
  {% for i in range(times) %}{{ log(word ~ ' ' ~ loop.index, info=true) }}{% endfor %}
{% endmacro %}
{% macro prints() %}{{ print('printed') }}{% do return(none) %}{% endmacro %}
{% macro builds(name) %}{% do run_query('create or replace table main.' ~ name ~ ' as select 1 as a') %}{% endmacro %}
{% macro begins(name) %}{% do run_query('create or replace table main.' ~ name ~ ' as select 2 as a') %}{% do run_query('commit') %}{% endmacro %}
{% macro needs(what) %}{{ log(what, info=true) }}{% endmacro %}
{% macro raises() %}{{ exceptions.raise_compiler_error('this is wrong') }}{% endmacro %}
{% macro bad_sql() %}{% do run_query('select nothing_there') %}{% endmacro %}
{% macro refers() %}{{ log(ref('a'), info=true) }}{% endmacro %}
{% macro warns() %}{{ exceptions.warn('careful') }}{% endmacro %}
{% macro shows(value) %}{{ log(value ~ ' ' ~ (value is mapping) ~ ' ' ~ var('v', 'none') ~ ' ' ~ target.schema ~ ' ' ~ flags.WHICH, info=true) }}{% endmacro %}
{% macro divides() %}{{ 1 / 0 }}{% endmacro %}
{% macro statement_in() %}{% call statement('x', fetch_result=true) %}select 3 as three{% endcall %}{{ log(load_result('x')['data'], info=true) }}{% endmacro %}
