{#-
    A value that a session carries and the SQL text does not: compiled code, the manifest and the documentation are published, a salt is not.
    `set_session_value` is the statement for a hook of the model that uses it, `session_value` the expression.
-#}
{% macro set_session_value(name, value) -%}
    {{ return(adapter.dispatch('set_session_value', 'tsdbt_flagship')(name, value)) }}
{%- endmacro %}

{% macro session_value(name) -%}
    {{ return(adapter.dispatch('session_value', 'tsdbt_flagship')(name)) }}
{%- endmacro %}

{% macro default__set_session_value(name, value) -%}
    {{ exceptions.raise_compiler_error("There is no session value on " ~ target.type ~ ": write " ~ target.type ~ "__set_session_value and __session_value") }}
{%- endmacro %}

{% macro default__session_value(name) -%}
    {{ exceptions.raise_compiler_error("There is no session value on " ~ target.type ~ ": write " ~ target.type ~ "__set_session_value and __session_value") }}
{%- endmacro %}

{% macro duckdb__set_session_value(name, value) -%}
    set variable {{ name }} = '{{ escape_single_quotes(value) }}'
{%- endmacro %}

{% macro duckdb__session_value(name) -%}
    getvariable('{{ name }}')
{%- endmacro %}

{% macro postgres__set_session_value(name, value) -%}
    set flagship.{{ name }} = '{{ escape_single_quotes(value) }}'
{%- endmacro %}

{% macro postgres__session_value(name) -%}
    current_setting('flagship.{{ name }}')
{%- endmacro %}
