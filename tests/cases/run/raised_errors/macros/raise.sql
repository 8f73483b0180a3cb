{# Only while the models run: parsing has to get through. #}
{% macro refuse(how) %}
  {%- if execute -%}
    {%- if how == 'compiler' -%}{{ exceptions.raise_compiler_error('in a macro') }}
    {%- elif how == 'database' -%}{{ exceptions.raise_database_error('in a macro') }}
    {%- elif how == 'python' -%}{{ 1 + 'a' }}
    {%- elif how == 'undefined' -%}{{ not_there.at_all }}
    {%- elif how == 'query' -%}{{ run_query('select nope') }}
    {%- elif how == 'arguments' -%}{{ refuse() }}{{ refuse('a', 'b') }}
    {%- endif -%}
  {%- endif -%}
{% endmacro %}

{% macro through(how) %}{{ refuse(how) }}{% endmacro %}

{% macro ends(results, schemas, database_schemas) %}
  {%- if execute -%}
    {%- do log('ended: ' ~ results | map(attribute='status') | map('string') | unique | sort | join(',') ~ ' ' ~ schemas ~ ' ' ~ database_schemas, info=true) -%}
  {%- endif -%}
{% endmacro %}
