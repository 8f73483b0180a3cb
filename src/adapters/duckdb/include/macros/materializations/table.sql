{#
  The general materialization with what DuckDB needs besides: indexes go before a rename, tables with foreign keys are
  built in place (see foreign_keys.sql), DuckLake tables are laid out.
#}

{% materialization table, adapter='duckdb', supported_languages=['sql', 'python'] %}
  {%- set language = model['language'] -%}
  {%- set target_relation = this.incorporate(type='table') -%}
  {%- set existing_relation = load_cached_relation(this) -%}
  {%- set intermediate_relation = make_intermediate_relation(target_relation) -%}
  {%- set backup_relation = make_backup_relation(target_relation, 'table' if existing_relation is none else existing_relation.type) -%}
  {%- set old_ducklake = adapter.use_ducklake_table_workarounds(target_relation) -%}
  {%- set in_place = has_foreign_key_constraints(existing_relation) -%}
  {%- set dropped = [] -%}
  {%- set grant_config = config.get('grants') -%}

  {# Leftovers of a run that was killed. #}
  {%- set leftover_intermediate = load_cached_relation(intermediate_relation) -%}
  {%- set leftover_backup = load_cached_relation(backup_relation) -%}
  {%- do drop_relation_if_exists(leftover_intermediate) -%}
  {%- do drop_relation_if_exists(leftover_backup) -%}

  {%- do run_hooks(pre_hooks, inside_transaction=False) -%}
  {%- do run_hooks(pre_hooks, inside_transaction=True) -%}

  {%- set partitioned_by = duckdb__get_partitioned_by(target_relation, false) -%}
  {%- set sorted_by = duckdb__get_sorted_by(target_relation, false) -%}

  {%- if in_place -%}
    {%- if existing_relation is not none -%}
      {%- set dropped = drop_relation_for_rebuild(existing_relation) -%}
    {%- endif -%}
    {%- call statement('main', language=language) -%}
      {{ create_table_as(False, target_relation, compiled_code, language, partitioned_by=partitioned_by, sorted_by=sorted_by) }}
    {%- endcall -%}
  {%- else -%}
    {%- call statement('main', language=language) -%}
      {{ create_table_as(False, intermediate_relation, compiled_code, language, partitioned_by=partitioned_by, sorted_by=sorted_by) }}
    {%- endcall -%}
    {%- if existing_relation is not none -%}
      {%- do drop_indexes_on_relation(existing_relation) -%}
      {%- if existing_relation.is_table and may_be_foreign_key_target(existing_relation) -%}
        {%- set dropped = drop_foreign_key_dependents(existing_relation) -%}
      {%- endif -%}
      {%- do adapter.rename_relation(existing_relation, backup_relation) -%}
    {%- endif -%}
    {%- do adapter.rename_relation(intermediate_relation, target_relation) -%}
  {%- endif -%}
  {%- do restore_foreign_key_dependents(dropped) -%}
  {%- do create_indexes(target_relation) -%}

  {%- do run_hooks(post_hooks, inside_transaction=True) -%}
  {%- do apply_grants(target_relation, grant_config, should_revoke=should_revoke(existing_relation, full_refresh_mode=True)) -%}
  {%- if not old_ducklake -%}
    {%- do persist_docs(target_relation, model) -%}
  {%- endif -%}

  {%- do adapter.commit() -%}

  {# DuckLake before 1.5.3 forgot a table's layout with the rename, and took no comments in the same transaction. #}
  {%- if old_ducklake -%}
    {%- for alter_sql in [
        duckdb__alter_table_set_partitioned_by(target_relation, partitioned_by) if partitioned_by,
        duckdb__alter_table_set_sorted_by(target_relation, sorted_by) if sorted_by] | select -%}
      {%- call statement('set_layout_again', auto_begin=False) -%}
        {{ alter_sql }}
      {%- endcall -%}
    {%- endfor -%}
    {%- do persist_docs(target_relation, model) -%}
  {%- endif -%}

  {%- do drop_relation_if_exists(backup_relation) -%}
  {%- do run_hooks(post_hooks, inside_transaction=False) -%}

  {%- do return({'relations': [target_relation]}) -%}
{% endmaterialization %}
