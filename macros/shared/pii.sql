{#-
    Masking of personal data. The salt comes from the environment variable FLAGSHIP_PII_SALT, which `npm run flagship` takes
    from the file that the generator wrote; it reaches the engine by a hook and stands in no compiled SQL.
    Masking is off only by `--vars '{pii_masking: false}'`.
-#}

{#- Stops a run that would mask without a salt: for `on-run-start`, and for the hook of each masking model. -#}
{% macro require_pii_salt() -%}
    {%- if execute and var('pii_masking') and env_var('FLAGSHIP_PII_SALT', '') | length < 16 -%}
        {{ exceptions.raise_compiler_error(
            "Personal data is masked with a salt, and FLAGSHIP_PII_SALT is not set (or is shorter than 16 characters). "
            ~ "`npm run flagship` sets it from project/lake/customer_risk/private/pii-salt; "
            ~ "--vars '{pii_masking: false}' builds without masking."
        ) }}
    {%- endif -%}
{%- endmacro %}

{#- `on-run-start`: the same, before anything is built, when something that masks was selected. -#}
{% macro require_pii_salt_of_selection() -%}
    {%- if execute and flags.WHICH in ['run', 'build'] -%}
        {%- for model in ['stg_customer_profiles', 'stg_cards'] if 'model.tsdbt_flagship.' ~ model in selected_resources -%}
            {{ require_pii_salt() }}
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}

{#- `pre-hook` of a model that masks. -#}
{% macro set_pii_salt() -%}
    {{ require_pii_salt() }}
    {%- if var('pii_masking') -%}
        {{ set_session_value('pii_salt', env_var('FLAGSHIP_PII_SALT', '')) }}
    {%- endif -%}
{%- endmacro %}

{#- An identifier as a salted hash: equal values stay equal, nothing leads back. -#}
{% macro pii_hash(expression) -%}
    {%- if var('pii_masking') -%}
    {{ sha256_hex(session_value('pii_salt') ~ " || '|' || " ~ expression) }}
    {%- else -%}
    {{ expression }}
    {%- endif -%}
{%- endmacro %}

{#- A name with its first letter left. -#}
{% macro pii_name(expression) -%}
    {%- if var('pii_masking') -%}
    case when length({{ expression }}) > 0 then substr({{ expression }}, 1, 1) || '***' end
    {%- else -%}
    {{ expression }}
    {%- endif -%}
{%- endmacro %}

{#- A telephone number with its last two digits left. -#}
{% macro pii_phone(expression) -%}
    {%- if var('pii_masking') -%}
    case when length({{ expression }}) > 3 then '***-**' || substr({{ expression }}, length({{ expression }}) - 1, 2) end
    {%- else -%}
    {{ expression }}
    {%- endif -%}
{%- endmacro %}
