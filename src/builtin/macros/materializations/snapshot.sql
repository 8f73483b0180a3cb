{#
  Snapshots: a table of all the versions that a query's rows have had. The first run takes every row as its first
  version; later ones stage what is new, changed and gone, and merge it.
#}

{% materialization snapshot, default %}
  {%- set is_there, target_relation = get_or_create_relation(
      database=model.database, schema=model.schema, identifier=model.get('alias', model.get('name')), type='table') -%}
  {%- if not target_relation.is_table -%}
    {%- do exceptions.relation_wrong_type(target_relation, 'table') -%}
  {%- endif -%}
  {%- do run_hooks(pre_hooks, inside_transaction=False) -%}
  {%- do run_hooks(pre_hooks, inside_transaction=True) -%}

  {%- set make_strategy = strategy_dispatch(config.get('strategy')) -%}
  {%- set strategy = make_strategy(model, 'snapshotted_data', 'source_data', model['config'], is_there) -%}
  {# Here, so that the error names this macro. #}
  {%- do adapter.assert_valid_snapshot_target_given_strategy(target_relation, tsdbt__snapshot_columns(), strategy) if is_there -%}
  {%- set build = tsdbt__snapshot_next(strategy, target_relation) if is_there else tsdbt__snapshot_first(strategy, target_relation) -%}
  {%- do check_time_data_types(build.versions_sql) -%}
  {%- do tsdbt__run_main(build.main_sql) -%}

  {%- do tsdbt__grant(target_relation, is_there, full_refresh=False) -%}
  {%- do persist_docs(target_relation, model) -%}
  {%- do create_indexes(target_relation) if not is_there -%}
  {%- do run_hooks(post_hooks, inside_transaction=True) -%}
  {%- do adapter.commit() -%}

  {%- do post_snapshot(build.staging) if build.staging is not none -%}
  {%- do run_hooks(post_hooks, inside_transaction=False) -%}
  {%- do return({'relations': [target_relation]}) -%}
{% endmaterialization %}


{# Our own: the two kinds of run, each as {versions_sql, main_sql, staging}. #}

{% macro tsdbt__snapshot_first(strategy, target) %}
  {%- set versions_sql = build_snapshot_table(strategy, model['compiled_code']) -%}
  {%- do return({'versions_sql': versions_sql, 'main_sql': create_table_as(False, target, versions_sql), 'staging': none}) -%}
{% endmacro %}

{% macro tsdbt__snapshot_next(strategy, target) %}
  {%- set versions_sql = snapshot_staging_table(strategy, sql, target) -%}
  {%- set staging = build_snapshot_staging_table(strategy, sql, target) -%}
  {%- do adapter.expand_target_column_types(from_relation=staging, to_relation=target) -%}

  {# What only the staging table has, in either case. #}
  {%- set inner = ['dbt_change_type', 'dbt_unique_key'] -%}
  {%- for _ in (strategy.unique_key if config.get('unique_key') | is_list else []) -%}
    {%- do inner.append('dbt_unique_key_' ~ loop.index) -%}
  {%- endfor -%}
  {%- set inner = inner + (inner | map('upper') | list) -%}

  {%- do create_columns(target, adapter.get_missing_columns(staging, target) | rejectattr('name', 'in', inner) | list) -%}
  {%- set names = adapter.get_columns_in_relation(staging) | map(attribute='name') | reject('in', inner) -%}
  {%- do return({
      'versions_sql': versions_sql,
      'main_sql': snapshot_merge_sql(target=target, source=staging, insert_cols=tsdbt__quote_all(names)),
      'staging': staging
  }) -%}
{% endmacro %}
