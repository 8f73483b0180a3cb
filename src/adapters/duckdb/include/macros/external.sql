{# Files written and read by the `external` materialization. #}

{% macro location_exists(location) -%}
  {%- do return(adapter.location_exists(location)) -%}
{%- endmacro %}

{% macro write_to_file(relation, location, options) -%}
  {%- call statement('write_to_file') -%}
    copy {{ relation }} to '{{ adapter.external_write_location(location) }}' ({{ options }})
  {%- endcall -%}
{%- endmacro %}

{% macro store_relation(plugin, relation, location, format, config) -%}
  {%- do adapter.store_relation(plugin, relation, adapter.get_columns_in_relation(relation), location, format, config) -%}
{%- endmacro %}

{# The `options` of a model, rendered, with the two that may also stand beside them. #}
{% macro render_write_options(config) -%}
  {%- set options = config.get('options', {}) -%}
  {%- if options is not mapping -%}
    {%- do exceptions.raise_compiler_error('The options argument must be a dictionary') -%}
  {%- endif -%}
  {%- for key in options | list -%}
    {%- do options.update({key: render(options[key])}) -%}
  {%- endfor -%}
  {%- for key in ['format', 'delimiter'] if config.get(key) -%}
    {%- do options.update({key: render(config.get(key))}) -%}
  {%- endfor -%}
  {%- do return(options) -%}
{%- endmacro %}

{# A partitioned model is a directory. #}
{%- macro external_location(relation, config) -%}
  {{ adapter.external_root() }}/{{ relation.identifier }}
  {%- if config.get('options', {}).get('partition_by') is none -%}
    .{{ config.get('format', 'parquet') }}
  {%- endif -%}
{%- endmacro -%}

{#
  For an in-memory database: views over the files of external models that this run reads but does not build.
  To be called in `on-run-start`.
#}
{%- macro register_upstream_external_models() -%}
  {%- if execute -%}
    {%- set seen = {} -%}
    {%- set schemas = {} -%}
    {%- for unique_id in selected_resources if unique_id in graph['nodes'] -%}
      {%- for upstream_id in graph['nodes'][unique_id]['depends_on']['nodes'] if upstream_id not in selected_resources and upstream_id not in seen -%}
        {%- do seen.update({upstream_id: true}) -%}
        {%- set upstream = graph['nodes'].get(upstream_id) -%}
        {%- if upstream and upstream.resource_type in ['model', 'seed'] and upstream.config.materialized == 'external' -%}
          {%- set relation = api.Relation.create(database=upstream['database'], schema=upstream['schema'], identifier=upstream['alias']) -%}
          {%- set location = upstream.config.get('location', external_location(relation, upstream.config)) -%}
          {%- set files = adapter.external_read_location(location, render_write_options(upstream.config)) -%}
          {%- if relation.schema not in schemas -%}
            {%- do schemas.update({relation.schema: true}) -%}
            {%- call statement('main', language='sql') -%}
              create schema if not exists {{ relation.without_identifier() }}
            {%- endcall -%}
          {%- endif -%}
          {%- call statement('main', language='sql') -%}
            create or replace view {{ relation }} as (
              select * from '{{ files }}'
            );
          {%- endcall -%}
        {%- endif -%}
      {%- endfor -%}
    {%- endfor -%}
    {%- if schemas -%}
      {%- do adapter.commit() -%}
    {%- endif -%}
  {%- endif -%}
{%- endmacro -%}
