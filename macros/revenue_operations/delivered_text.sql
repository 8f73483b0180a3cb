{#-
    Text as delivered to a typed value. What is not in one of the accepted forms is null, never an error and never a guess; staging says of
    which column that was so. Spaces around a value are no fault.
-#}

{#- A whole number in digits alone. -#}
{% macro whole_number(expression, type='integer', digits=9) -%}
    case when {{ matches(expression, '^ *[0-9]{1,' ~ digits ~ '} *$') }} then cast(trim({{ expression }}) as {{ type }}) end
{%- endmacro %}


{#- A number with a sign and decimals or without. -#}
{% macro decimal_number(expression, type='decimal(9, 4)') -%}
    case when {{ matches(expression, '^ *-?[0-9]{1,5}([.][0-9]{1,15})? *$') }} then cast(trim({{ expression }}) as {{ type }}) end
{%- endmacro %}


{#- Dollars: `$-77.00`, `-$77.00`, `$ 77.00`, `$1,234.50`, `($5.00)`. A third decimal is no amount, for it would be rounded away. -#}
{% macro currency_amount(expression, type='decimal(12, 2)') -%}
    {%- set digits = '([0-9]{1,10}|[0-9]{1,3}(,[0-9]{3}){1,2})([.][0-9]{1,2})?' -%}
    case
        -- Nearly all are of this form, which is the quickest to tell.
        when {{ matches(expression, '^[$]-?[0-9]{1,10}[.][0-9]{2}$') }} then cast(substr({{ expression }}, 2) as {{ type }})
        when {{ matches(expression, '^ *((-[$]?|[$]? *-?)' ~ digits ~ '|([(][$]?|[$][(])' ~ digits ~ '[)]) *$') }}
            then cast(translate({{ expression }}, '($,) ', '-') as {{ type }})
    end
{%- endmacro %}


{#- `2010-01-01 00:01:00`. -#}
{% macro delivered_timestamp(expression) -%}
    case
        when {{ matches(expression, '^ *[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2} *$') }}
            then {{ timestamp_or_null(expression) }}
    end
{%- endmacro %}


{#- `12/2022` as the first day of that month. -#}
{% macro month_of_year(expression) -%}
    case
        when {{ matches(expression, '^ *(0?[1-9]|1[0-2])/(19|20)[0-9]{2} *$') }}
            then cast(substr(lpad(trim({{ expression }}), 7, '0'), 4, 4) || '-' || substr(lpad(trim({{ expression }}), 7, '0'), 1, 2) || '-01' as date)
    end
{%- endmacro %}


{#- `58523.0` as five digits; zeros that were lost in front are there again (`2138.0` is 02138). -#}
{% macro zip_code(expression) -%}
    case
        when {{ matches(expression, '^ *[0-9]{3,5}([.]0)? *$') }} then lpad(replace(trim({{ expression }}), '.0', ''), 5, '0')
    end
{%- endmacro %}


{#- YES or No as a boolean. -#}
{% macro yes_or_no(expression) -%}
    case upper(trim({{ expression }})) when 'YES' then true when 'NO' then false end
{%- endmacro %}


{#- The errors a terminal may report, in the order in which they are listed: the seed `card_errors` has them too. -#}
{% macro card_error_codes() -%}
    {{ return(['bad_card_number', 'bad_cvv', 'bad_expiration', 'bad_pin', 'bad_zipcode', 'insufficient_balance', 'technical_glitch']) }}
{%- endmacro %}


{#- `Bad PIN,Insufficient Balance` as `bad_pin,insufficient_balance`: each code once, in one order; `other` for what nobody has heard of; null for none. -#}
{% macro error_list(expression) -%}
    {%- set listed = "',' || replace(replace(lower(" ~ expression ~ "), ', ', ','), ' ', '_') || ','" -%}
    {%- set rest = namespace(text=listed) -%}
    {%- for code in card_error_codes() -%}
        {%- set rest.text = "replace(" ~ rest.text ~ ", '" ~ code ~ ",', '')" -%}
    {%- endfor -%}
    case
        when trim({{ expression }}) <> ''
            then nullif(substr(
                {% for code in card_error_codes() -%}
                case when {{ listed }} like '%,{{ code }},%' then ',{{ code }}' else '' end ||
                {% endfor -%}
                case when replace({{ rest.text }}, ',', '') <> '' then ',other' else '' end, 2
            ), '')
    end
{%- endmacro %}


{#- Codes of those conditions that hold, in their order, separated by commas; null when none does. `conditions` is a list of [code, condition]. -#}
{% macro codes_of(conditions) -%}
    case
        when {% for code, condition in conditions %}{{ 'or ' if not loop.first }}{{ condition }} {% endfor %}
            then substr(
                {% for code, condition in conditions -%}
                case when {{ condition }} then ',{{ code }}' else '' end{{ ' ||' if not loop.last else ', 2' }}
                {% endfor -%}
            )
    end
{%- endmacro %}


{#- The first code of a list. -#}
{% macro first_code(expression) -%}
    case when position(',' in {{ expression }}) > 0 then substr({{ expression }}, 1, position(',' in {{ expression }}) - 1) else {{ expression }} end
{%- endmacro %}


{#- Is a code in a list of codes? -#}
{% macro has_code(codes, code) -%}
    ',' || {{ codes }} || ',' like '%,' || {{ code }} || ',%'
{%- endmacro %}


{#- Texts with | between them; one that is missing is empty. -#}
{% macro joined_text(expressions) -%}
    {%- set parts = [] -%}
    {%- for expression in expressions -%}
        {%- do parts.append("coalesce(" ~ expression ~ ", '')") -%}
    {%- endfor -%}
    {{ parts | join(" || '|' || ") }}
{%- endmacro %}
