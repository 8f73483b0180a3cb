{# The general materialization with DuckDB's temporary tables, indexes, foreign keys and DuckLake layouts. #}

{% materialization incremental, adapter='duckdb', supported_languages=['sql', 'python'] %}
  {%- set plan = tsdbt__rebuild_plan('table') -%}
  {%- set is_first = plan.existing is none -%}
  {%- set full_refresh = should_full_refresh() or plan.existing.is_view -%}
  {%- set anew = is_first or full_refresh -%}
  {%- set on_schema_change = incremental_validate_on_schema_change(config.get('on_schema_change'), default='ignore') -%}
  {%- set layout = tsdbt__duckdb_layout(plan.target) if anew else {} -%}
  {%- do tsdbt__drop_leftovers(plan) -%}

  {%- set rows = duckdb__dispatch_temporary_relation(plan.target, adapter.batch_id_for_model(model)) -%}
  {%- set to_drop = [] if rows.temporary else [rows.relation] -%}
  {%- do run_hooks(pre_hooks, inside_transaction=False) -%}
  {%- do run_hooks(pre_hooks, inside_transaction=True) -%}

  {%- set language = model['language'] -%}
  {%- set replaces = anew and not is_first -%}
  {%- set in_place = replaces and has_foreign_key_constraints(plan.existing) -%}
  {%- set dropped = drop_relation_for_rebuild(plan.existing) if in_place else [] -%}
  {%- if anew -%}
    {%- set built = plan.aside if replaces and not in_place else plan.target -%}
    {%- set main_sql = create_table_as(False, built, compiled_code, language, **layout) -%}
  {%- else -%}
    {%- set rows_sql = create_table_as(rows.temporary, rows.relation, compiled_code, language, partitioned_by=none, sorted_by=none) -%}
    {%- if language == 'sql' -%}
      {%- do run_query(rows_sql) -%}
    {%- else -%}
      {%- call statement('pre', language=language) -%}
        {{ rows_sql }}
      {%- endcall -%}
      {%- set language = 'sql' -%}
    {%- endif -%}
    {%- do adapter.expand_target_column_types(from_relation=rows.relation, to_relation=plan.target) -%}
    {%- set columns = process_schema_changes(on_schema_change, rows.relation, plan.existing) or adapter.get_columns_in_relation(plan.existing) -%}
    {%- set write_sql = adapter.get_incremental_strategy_macro(context, config.get('incremental_strategy') or 'default') -%}
    {%- set main_sql = write_sql(tsdbt__strategy_arguments(plan, rows.relation, columns)) -%}
  {%- endif -%}

  {# DuckLake's table and its layout can not be made in one transaction. #}
  {%- set has_layout = layout.partitioned_by or layout.sorted_by -%}
  {%- call statement('main', language=language, auto_begin=not (has_layout and adapter.is_ducklake(plan.target))) -%}
    {{ main_sql }}
  {%- endcall -%}

  {%- if replaces and not in_place -%}
    {%- set dropped = tsdbt__duckdb_swap_in(plan) -%}
    {%- do to_drop.append(plan.backup) -%}
  {%- endif -%}
  {%- do restore_foreign_key_dependents(dropped) -%}
  {%- do tsdbt__grant(plan.target, plan.existing, full_refresh=full_refresh) -%}
  {%- do create_indexes(plan.target) if is_first or plan.existing.is_view or should_full_refresh() -%}
  {%- do persist_docs(plan.target, model) -%}
  {%- do run_hooks(post_hooks, inside_transaction=True) -%}
  {%- do adapter.commit() -%}

  {%- for relation in to_drop -%}
    {%- do drop_indexes_on_relation(relation) if not adapter.is_motherduck() -%}
    {%- do adapter.drop_relation(relation) -%}
  {%- endfor -%}
  {%- do run_hooks(post_hooks, inside_transaction=False) -%}
  {%- do return({'relations': [plan.target]}) -%}
{% endmaterialization %}
