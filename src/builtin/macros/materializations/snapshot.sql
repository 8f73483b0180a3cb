{#
  Snapshots: a table of all the versions that a query's rows have had. The first run takes every row as its first
  version; later ones stage what is new, changed and gone, and merge it.
#}

{% materialization snapshot, default %}
  {%- set strategy_name = config.get('strategy') -%}
  {%- set unique_key = config.get('unique_key') -%}
  {%- set grant_config = config.get('grants') -%}

  {%- set is_there, target_relation = get_or_create_relation(
      database=model.database, schema=model.schema, identifier=model.get('alias', model.get('name')), type='table') -%}
  {%- if not target_relation.is_table -%}
    {%- do exceptions.relation_wrong_type(target_relation, 'table') -%}
  {%- endif -%}

  {%- do run_hooks(pre_hooks, inside_transaction=False) -%}
  {%- do run_hooks(pre_hooks, inside_transaction=True) -%}

  {%- set make_strategy = strategy_dispatch(strategy_name) -%}
  {%- set strategy = make_strategy(model, 'snapshotted_data', 'source_data', model['config'], is_there) -%}

  {%- if is_there -%}
    {%- set columns = config.get('snapshot_table_column_names') or get_snapshot_table_column_names() -%}
    {%- do adapter.assert_valid_snapshot_target_given_strategy(target_relation, columns, strategy) -%}

    {%- set staged_sql = snapshot_staging_table(strategy, sql, target_relation) -%}
    {%- set staging_relation = build_snapshot_staging_table(strategy, sql, target_relation) -%}
    {%- do adapter.expand_target_column_types(from_relation=staging_relation, to_relation=target_relation) -%}

    {# Columns that only the staging table has. #}
    {%- set helpers = ['dbt_change_type', 'DBT_CHANGE_TYPE', 'dbt_unique_key', 'DBT_UNIQUE_KEY'] -%}
    {%- if unique_key | is_list -%}
      {%- for _ in strategy.unique_key -%}
        {%- do helpers.extend(['dbt_unique_key_' ~ loop.index, 'DBT_UNIQUE_KEY_' ~ loop.index]) -%}
      {%- endfor -%}
    {%- endif -%}
    {%- set new_columns = adapter.get_missing_columns(staging_relation, target_relation) | rejectattr('name', 'in', helpers) | list -%}
    {%- do create_columns(target_relation, new_columns) -%}

    {%- set insert_cols = [] -%}
    {%- for column in adapter.get_columns_in_relation(staging_relation) | rejectattr('name', 'in', helpers) -%}
      {%- do insert_cols.append(adapter.quote(column.name)) -%}
    {%- endfor -%}
    {%- set final_sql = snapshot_merge_sql(target=target_relation, source=staging_relation, insert_cols=insert_cols) -%}
  {%- else -%}
    {%- set staged_sql = build_snapshot_table(strategy, model['compiled_code']) -%}
    {%- set final_sql = create_table_as(False, target_relation, staged_sql) -%}
  {%- endif -%}

  {%- do check_time_data_types(staged_sql) -%}

  {%- call statement('main') -%}
    {{ final_sql }}
  {%- endcall -%}

  {%- do apply_grants(target_relation, grant_config, should_revoke=should_revoke(is_there, full_refresh_mode=False)) -%}
  {%- do persist_docs(target_relation, model) -%}
  {%- if not is_there -%}
    {%- do create_indexes(target_relation) -%}
  {%- endif -%}
  {%- do run_hooks(post_hooks, inside_transaction=True) -%}

  {%- do adapter.commit() -%}

  {%- if staging_relation is defined -%}
    {%- do post_snapshot(staging_relation) -%}
  {%- endif -%}
  {%- do run_hooks(post_hooks, inside_transaction=False) -%}

  {%- do return({'relations': [target_relation]}) -%}
{% endmaterialization %}
