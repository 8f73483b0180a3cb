{#
  A file, and a view over it under the model's name. The rows go through a table, because a file without rows would
  lose its columns: then one row of nulls is written, and the view leaves it out.
#}

{% materialization external, adapter='duckdb', supported_languages=['sql', 'python'] %}
  {%- set language = model['language'] -%}
  {%- set location = render(config.get('location', default=external_location(this, config))) -%}
  {%- set options = render_write_options(config) -%}
  {%- set write_options = adapter.external_write_options(location, options) -%}
  {%- set read_location = adapter.external_read_location(location, options) -%}

  {%- set formats = ['csv', 'parquet', 'json'] -%}
  {%- set format = config.get('format') -%}
  {%- if format and format not in formats -%}
    {%- do exceptions.raise_compiler_error('Invalid format: ' ~ format ~ '. Allowed formats are: ' ~ formats | join(', ')) -%}
  {%- elif not format -%}
    {%- set written = options['format'] | lower -%}
    {%- set format = written if written in formats else 'parquet' -%}
  {%- endif -%}

  {%- set target_relation = this.incorporate(type='view') -%}
  {%- set existing_relation = load_cached_relation(this) -%}
  {%- set rows_relation = make_intermediate_relation(this.incorporate(type='table'), suffix='__dbt_tmp') -%}
  {%- set intermediate_relation = make_intermediate_relation(target_relation, suffix='__dbt_int') -%}
  {%- set backup_relation = make_backup_relation(target_relation, 'table' if existing_relation is none else existing_relation.type) -%}
  {%- set grant_config = config.get('grants') -%}

  {%- for leftover in [load_cached_relation(intermediate_relation), load_cached_relation(rows_relation), load_cached_relation(backup_relation)] -%}
    {%- do drop_relation_if_exists(leftover) -%}
  {%- endfor -%}

  {%- do run_hooks(pre_hooks, inside_transaction=False) -%}
  {%- do run_hooks(pre_hooks, inside_transaction=True) -%}

  {%- call statement('create_table', language=language) -%}
    {{ create_table_as(False, rows_relation, compiled_code, language) }}
  {%- endcall -%}

  {%- set is_empty = run_query('select count(*) as row_count from ' ~ rows_relation)[0][0] == 0 -%}
  {%- set columns = get_columns_in_relation(rows_relation) if is_empty else [] -%}
  {%- if is_empty -%}
    {%- call statement('main', language='sql') -%}
      insert into {{ rows_relation }} values ({{ (['NULL'] * columns | length) | join(', ') }})
    {%- endcall -%}
  {%- endif -%}

  {# A hook that fails in the transaction rolls the view back, and what was at the location with it. #}
  {%- set kept = post_hooks | selectattr('transaction') | list | length > 0 -%}
  {%- do adapter.external_keep(location) if kept -%}
  {%- do write_to_file(rows_relation, location, write_options) -%}

  {%- call statement('main', language='sql') -%}
    create or replace view {{ intermediate_relation }} as (
      select * from read_{{ format }}('{{ read_location }}'
      {%- for key, value in tsdbt__duckdb_read_options(format, options).items() -%}
        , {{ key }}={{ "'" ~ value ~ "'" if value is string else value }}
      {%- endfor -%}
      )
      {%- for column in columns %}
      {{ 'where' if loop.first else 'and' }} "{{ column.column }}" is not NULL
      {%- endfor %}
    );
  {%- endcall -%}

  {%- if existing_relation is not none -%}
    {%- do adapter.rename_relation(existing_relation, backup_relation) -%}
  {%- endif -%}
  {%- do adapter.rename_relation(intermediate_relation, target_relation) -%}

  {%- do run_hooks(post_hooks, inside_transaction=True) -%}
  {%- do apply_grants(target_relation, grant_config, should_revoke=should_revoke(existing_relation, full_refresh_mode=True)) -%}
  {%- do persist_docs(target_relation, model) -%}

  {%- do adapter.commit() -%}
  {%- do adapter.external_forget() if kept -%}

  {%- do drop_relation_if_exists(backup_relation) -%}
  {%- do drop_relation_if_exists(rows_relation) -%}

  {%- set plugin = 'glue|' ~ config.get('glue_database', 'default') if config.get('glue_register', default=false) else config.get('plugin') -%}
  {%- if plugin is not none -%}
    {%- do store_relation(plugin, target_relation, location, format, config) -%}
  {%- endif -%}

  {%- do run_hooks(post_hooks, inside_transaction=False) -%}

  {%- do return({'relations': [target_relation]}) -%}
{% endmaterialization %}


{# Our own: the options of read_parquet, read_csv or read_json. The readers guess a compression from the name only. #}
{% macro tsdbt__duckdb_read_options(format, write_options) -%}
  {%- set usual = {'union_by_name': False} if format == 'parquet' else {'auto_detect': True} -%}
  {%- set given = dict(config.get(format ~ '_read_options', usual)) -%}
  {%- if format != 'parquet' and write_options.get('compression') and 'compression' not in given -%}
    {%- do given.update({'compression': write_options['compression']}) -%}
  {%- endif -%}
  {%- do return(given) -%}
{%- endmacro %}
