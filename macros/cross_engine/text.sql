{#- Text as people typed it: runs of white space (line ends and no-break spaces too) become one space, the ends are trimmed. -#}
{% macro collapse_spaces(expression) -%}
    {{ return(adapter.dispatch('collapse_spaces', 'tsdbt_flagship')(expression)) }}
{%- endmacro %}

{% macro default__collapse_spaces(expression) -%}
    trim(regexp_replace({{ expression }}, '[\s\x{00A0}]+', ' '))
{%- endmacro %}

{% macro duckdb__collapse_spaces(expression) -%}
    trim(regexp_replace({{ expression }}, '[\s\x{00A0}]+', ' ', 'g'))
{%- endmacro %}

{% macro postgres__collapse_spaces(expression) -%}
    trim(regexp_replace({{ expression }}, '[\s\u00A0]+', ' ', 'g'))
{%- endmacro %}


{#- A code as typed, for comparison: lower case, trimmed, `_` between words; null when nothing is left. -#}
{% macro normalise_code(expression) -%}
    nullif(replace(lower(trim({{ expression }})), ' ', '_'), '')
{%- endmacro %}


{#- Is a pattern found in a text? Anchors, classes, repetitions and alternatives are alike everywhere. -#}
{% macro matches(expression, pattern) -%}
    {{ return(adapter.dispatch('matches', 'tsdbt_flagship')(expression, pattern)) }}
{%- endmacro %}

{% macro default__matches(expression, pattern) -%}
    regexp_like({{ expression }}, '{{ pattern }}')
{%- endmacro %}

{% macro duckdb__matches(expression, pattern) -%}
    regexp_matches({{ expression }}, '{{ pattern }}')
{%- endmacro %}

{% macro postgres__matches(expression, pattern) -%}
    {{ expression }} ~ '{{ pattern }}'
{%- endmacro %}
