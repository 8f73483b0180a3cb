{# The general materialization with DuckDB's temporary tables, indexes, foreign keys and DuckLake layouts. #}

{% materialization incremental, adapter='duckdb', supported_languages=['sql', 'python'] %}
  {%- set language = model['language'] -%}
  {%- set target_relation = this.incorporate(type='table') -%}
  {%- set existing_relation = load_cached_relation(this) -%}
  {%- set intermediate_relation = make_intermediate_relation(target_relation) -%}
  {%- set backup_relation = make_backup_relation(target_relation, 'table' if existing_relation is none else existing_relation.type) -%}

  {%- set unique_key = config.get('unique_key') -%}
  {%- set rebuild = should_full_refresh() or (existing_relation is not none and existing_relation.is_view) -%}
  {%- set on_schema_change = incremental_validate_on_schema_change(config.get('on_schema_change'), default='ignore') -%}
  {%- set partitioned_by = none -%}
  {%- set sorted_by = none -%}
  {%- if rebuild or existing_relation is none -%}
    {%- set partitioned_by = duckdb__get_partitioned_by(target_relation, false) -%}
    {%- set sorted_by = duckdb__get_sorted_by(target_relation, false) -%}
  {%- endif -%}
  {%- set own_transaction = adapter.is_ducklake(target_relation) and (partitioned_by or sorted_by) -%}
  {%- set grant_config = config.get('grants') -%}

  {%- set leftover_intermediate = load_cached_relation(intermediate_relation) -%}
  {%- set leftover_backup = load_cached_relation(backup_relation) -%}
  {%- do drop_relation_if_exists(leftover_intermediate) -%}
  {%- do drop_relation_if_exists(leftover_backup) -%}

  {%- set to_drop = [] -%}
  {%- set dropped = [] -%}
  {%- set swap = false -%}
  {%- set temporary_relation = duckdb__dispatch_temporary_relation(target_relation, adapter.batch_id_for_model(model)) -%}
  {%- set temp_relation = temporary_relation.relation -%}
  {%- set temporary = temporary_relation.temporary -%}
  {%- if not temporary -%}
    {%- do to_drop.append(temp_relation) -%}
  {%- endif -%}

  {%- do run_hooks(pre_hooks, inside_transaction=False) -%}
  {%- do run_hooks(pre_hooks, inside_transaction=True) -%}

  {%- if existing_relation is none or rebuild -%}
    {%- set built_relation = target_relation -%}
    {%- if existing_relation is not none and has_foreign_key_constraints(existing_relation) -%}
      {%- set dropped = drop_relation_for_rebuild(existing_relation) -%}
    {%- elif existing_relation is not none -%}
      {%- set built_relation = intermediate_relation -%}
      {%- set swap = true -%}
    {%- endif -%}
    {%- set build_sql = create_table_as(False, built_relation, compiled_code, language, partitioned_by=partitioned_by, sorted_by=sorted_by) -%}
  {%- else -%}
    {%- set rows_sql = create_table_as(temporary, temp_relation, compiled_code, language, partitioned_by=none, sorted_by=none) -%}
    {%- if language == 'python' -%}
      {%- call statement('pre', language=language) -%}
        {{ rows_sql }}
      {%- endcall -%}
    {%- else -%}
      {%- do run_query(rows_sql) -%}
    {%- endif -%}
    {%- do adapter.expand_target_column_types(from_relation=temp_relation, to_relation=target_relation) -%}
    {%- set dest_columns = process_schema_changes(on_schema_change, temp_relation, existing_relation) or adapter.get_columns_in_relation(existing_relation) -%}
    {%- set strategy_macro = adapter.get_incremental_strategy_macro(context, config.get('incremental_strategy') or 'default') -%}
    {%- set build_sql = strategy_macro({
        'target_relation': target_relation,
        'temp_relation': temp_relation,
        'unique_key': unique_key,
        'dest_columns': dest_columns,
        'incremental_predicates': config.get('predicates', none) or config.get('incremental_predicates', none)
    }) -%}
    {%- set language = 'sql' -%}
  {%- endif -%}

  {%- call statement('main', language=language, auto_begin=not own_transaction) -%}
    {{ build_sql }}
  {%- endcall -%}

  {%- if swap -%}
    {%- do drop_indexes_on_relation(target_relation) -%}
    {%- if may_be_foreign_key_target(target_relation) -%}
      {%- set dropped = drop_foreign_key_dependents(target_relation) -%}
    {%- endif -%}
    {%- do adapter.rename_relation(target_relation, backup_relation) -%}
    {%- do adapter.rename_relation(intermediate_relation, target_relation) -%}
    {%- do to_drop.append(backup_relation) -%}
  {%- endif -%}
  {%- do restore_foreign_key_dependents(dropped) -%}

  {%- do apply_grants(target_relation, grant_config, should_revoke=should_revoke(existing_relation, rebuild)) -%}
  {%- if existing_relation is none or rebuild -%}
    {%- do create_indexes(target_relation) -%}
  {%- endif -%}
  {%- do persist_docs(target_relation, model) -%}
  {%- do run_hooks(post_hooks, inside_transaction=True) -%}

  {%- do adapter.commit() -%}

  {%- for relation in to_drop -%}
    {%- if not adapter.is_motherduck() -%}
      {%- do drop_indexes_on_relation(relation) -%}
    {%- endif -%}
    {%- do adapter.drop_relation(relation) -%}
  {%- endfor -%}
  {%- do run_hooks(post_hooks, inside_transaction=False) -%}

  {%- do return({'relations': [target_relation]}) -%}
{% endmaterialization %}
