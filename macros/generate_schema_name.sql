{#- A schema named by a config is that schema, `analytics` and not `main_analytics`: the queries of the flagship's users name it. -#}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ target.schema if custom_schema_name is none else custom_schema_name | trim }}
{%- endmacro %}
