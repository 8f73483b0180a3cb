{#
  Where a node goes: these run while the project is parsed, once for every node, and projects replace them with their
  own. Their text is trimmed by the caller.
#}

{% macro generate_alias_name(custom_alias_name=none, node=none) -%}
  {%- do return(adapter.dispatch('generate_alias_name', 'dbt')(custom_alias_name, node)) -%}
{%- endmacro %}

{% macro default__generate_alias_name(custom_alias_name=none, node=none) -%}
  {%- if not custom_alias_name -%}
    {{ node.name ~ ('_v' ~ node.version | replace('.', '_') if node.version else '') }}
  {%- else -%}
    {{ custom_alias_name | trim }}
  {%- endif -%}
{%- endmacro %}


{% macro generate_database_name(custom_database_name=none, node=none) -%}
  {%- do return(adapter.dispatch('generate_database_name', 'dbt')(custom_database_name, node)) -%}
{%- endmacro %}

{% macro default__generate_database_name(custom_database_name=none, node=none) -%}
  {%- set catalog = adapter.build_catalog_relation(node) if node is not none and node | attr('database') else none -%}
  {%- set of_catalog = catalog | attr('catalog_database') if catalog else none -%}
  {%- if of_catalog -%}
    {%- do return(of_catalog) -%}
  {%- endif -%}
  {{ target.database if custom_database_name is none else custom_database_name }}
{%- endmacro %}


{% macro generate_schema_name(custom_schema_name=none, node=none) -%}
  {%- do return(adapter.dispatch('generate_schema_name', 'dbt')(custom_schema_name, node)) -%}
{%- endmacro %}

{# A custom schema is appended to the target's, so that two developers never write to the same place. #}
{% macro default__generate_schema_name(custom_schema_name, node) -%}
  {{ target.schema }}
  {%- if custom_schema_name is not none -%}
    _{{ custom_schema_name | trim }}
  {%- endif -%}
{%- endmacro %}

{# The usual alternative, for a project's own generate_schema_name to call: custom names count in production only. #}
{% macro generate_schema_name_for_env(custom_schema_name, node) -%}
  {%- if custom_schema_name is not none and target.name == 'prod' -%}
    {{ custom_schema_name | trim }}
  {%- else -%}
    {{ target.schema }}
  {%- endif -%}
{%- endmacro %}


{# The name of the view that always points at the latest version of a versioned model. #}
{% macro generate_latest_version_pointer_alias(custom_alias_name=none, node=none) -%}
  {%- do return(adapter.dispatch('generate_latest_version_pointer_alias', 'dbt')(custom_alias_name, node)) -%}
{%- endmacro %}

{% macro default__generate_latest_version_pointer_alias(custom_alias_name=none, node=none) -%}
  {{ (custom_alias_name | trim) if custom_alias_name else node.name }}
{%- endmacro %}
