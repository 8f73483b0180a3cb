{#- A diagnosis code as typed (e119, E11.9) in one form: upper case, a dot after the third place. -#}
{% macro diagnosis_code(expression) -%}
    {%- set code = 'upper(trim(' ~ expression ~ '))' -%}
    case
        when length({{ code }}) > 3 and substr({{ code }}, 4, 1) <> '.'
            then substr({{ code }}, 1, 3) || '.' || substr({{ code }}, 4)
        else {{ code }}
    end
{%- endmacro %}
