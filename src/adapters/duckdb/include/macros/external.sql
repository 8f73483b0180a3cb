{# Files written and read by the `external` materialization. #}

{% macro location_exists(location) -%}
  {%- do return(adapter.location_exists(location)) -%}
{%- endmacro %}

{% macro write_to_file(relation, location, options) -%}
  {%- call statement('write_to_file') -%}
    copy {{ relation }} to '{{ adapter.external_write_location(location, options) }}' ({{ adapter.external_copy_options(location, options) }})
  {%- endcall -%}
  {%- do adapter.external_written(location, options) -%}
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
  {%- for beside in ['format', 'delimiter'] if config.get(beside) -%}
    {%- do options.update({beside: config.get(beside)}) -%}
  {%- endfor -%}
  {%- for key, value in options.items() | list -%}
    {%- do options.update({key: render(value)}) -%}
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
  {%- set schemas = [] -%}
  {%- for node in tsdbt__duckdb_external_inputs() -%}
    {%- set view = api.Relation.create(database=node['database'], schema=node['schema'], identifier=node['alias']) -%}
    {%- set written_to = node.config.get('location', external_location(view, node.config)) -%}
    {%- set files = adapter.external_read_location(written_to, render_write_options(node.config)) -%}
    {%- if view.schema not in schemas -%}
      {%- do schemas.append(view.schema) -%}
      {%- do tsdbt__run_main('create schema if not exists ' ~ view.without_identifier()) -%}
    {%- endif -%}
    {%- do tsdbt__run_main('create or replace view ' ~ view ~ " as (select * from '" ~ files ~ "');") -%}
  {%- endfor -%}
  {%- do adapter.commit() if schemas -%}
{%- endmacro -%}

{# Our own: what this run's nodes read and the run itself does not build, of the external models. #}
{% macro tsdbt__duckdb_external_inputs() %}
  {%- set inputs = {} -%}
  {%- for id in (selected_resources if execute else []) -%}
    {%- for input_id in graph['nodes'].get(id, {}).get('depends_on', {}).get('nodes', []) if input_id not in selected_resources -%}
      {%- set node = graph['nodes'].get(input_id) -%}
      {%- if node and node.resource_type in ['model', 'seed'] and node.config.materialized == 'external' -%}
        {%- do inputs.setdefault(input_id, node) -%}
      {%- endif -%}
    {%- endfor -%}
  {%- endfor -%}
  {%- do return(inputs.values() | list) -%}
{% endmacro %}
