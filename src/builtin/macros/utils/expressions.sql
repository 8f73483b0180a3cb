{# The other functions and operators whose spelling differs between engines. #}

{% macro any_value(expression) -%}
  {%- do return(adapter.dispatch('any_value', 'dbt')(expression)) -%}
{%- endmacro %}

{% macro default__any_value(expression) -%}
    any_value({{ expression }})
{%- endmacro %}

{% macro bool_or(expression) -%}
  {%- do return(adapter.dispatch('bool_or', 'dbt')(expression)) -%}
{%- endmacro %}

{% macro default__bool_or(expression) -%}
    bool_or({{ expression }})
{%- endmacro %}


{# Arrays: elements of one type, because not every engine mixes them. #}

{% macro array_construct(inputs=[], data_type=api.Column.translate_type('integer')) -%}
  {%- do return(adapter.dispatch('array_construct', 'dbt')(inputs, data_type)) -%}
{%- endmacro %}

{% macro default__array_construct(inputs, data_type) -%}
  {%- if inputs | length > 0 -%}
    array[ {{ inputs | join(' , ') }} ]
  {%- else -%}
    array[]::{{ data_type }}[]
  {%- endif -%}
{%- endmacro %}

{% macro array_append(array, new_element) -%}
  {%- do return(adapter.dispatch('array_append', 'dbt')(array, new_element)) -%}
{%- endmacro %}

{% macro default__array_append(array, new_element) -%}
    array_append({{ array }}, {{ new_element }})
{%- endmacro %}

{% macro array_concat(array_1, array_2) -%}
  {%- do return(adapter.dispatch('array_concat', 'dbt')(array_1, array_2)) -%}
{%- endmacro %}

{% macro default__array_concat(array_1, array_2) -%}
    array_cat({{ array_1 }}, {{ array_2 }})
{%- endmacro %}


{# Set operators that drop duplicates. #}

{% macro except() %}
  {%- do return(adapter.dispatch('except', 'dbt')()) -%}
{% endmacro %}

{% macro default__except() %}
    except
{% endmacro %}

{% macro intersect() %}
  {%- do return(adapter.dispatch('intersect', 'dbt')()) -%}
{% endmacro %}

{% macro default__intersect() %}
    intersect
{% endmacro %}


{# Equality; with the behaviour flag, two nulls are equal. #}
{% macro equals(expr1, expr2) %}
  {%- do return(adapter.dispatch('equals', 'dbt')(expr1, expr2)) -%}
{% endmacro %}

{% macro default__equals(expr1, expr2) -%}
  {%- set same = '(' ~ expr1 ~ ' = ' ~ expr2 ~ ')' -%}
  {%- set both_null = '(' ~ expr1 ~ ' is null and ' ~ expr2 ~ ' is null)' %}
    {{ 'case when (' ~ same ~ ' or ' ~ both_null ~ ') then 0 else 1 end = 0'
        if adapter.behavior.enable_truthy_nulls_equals_macro.no_warn else same }}
{% endmacro %}
