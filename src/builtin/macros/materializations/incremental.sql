{#
  The first run, a full refresh and a view in the table's place build the whole table; every other run builds the new
  rows into a temporary table and hands them to the strategy.
#}

{% materialization incremental, default %}
  {%- set plan = tsdbt__rebuild_plan('table') -%}
  {%- set rows = make_temp_relation(plan.target) -%}
  {%- set is_first = plan.existing is none -%}
  {%- set rebuild = not is_first and (plan.existing.is_view or should_full_refresh()) -%}
  {%- set on_schema_change = incremental_validate_on_schema_change(config.get('on_schema_change'), default='ignore') -%}

  {%- do tsdbt__drop_leftovers(plan) -%}
  {%- do run_hooks(pre_hooks, inside_transaction=False) -%}
  {%- do run_hooks(pre_hooks, inside_transaction=True) -%}
  {# A strategy that does not exist is an error of the first run too, which does not need it. #}
  {%- set write_sql = adapter.get_incremental_strategy_macro(context, config.get('incremental_strategy') or 'default') -%}

  {%- set built = plan.target if is_first else plan.aside if rebuild else rows -%}
  {%- if is_first or rebuild -%}
    {%- do tsdbt__run_main(get_create_table_as_sql(False, built, sql)) -%}
  {%- else -%}
    {%- do run_query(get_create_table_as_sql(True, rows, sql)) -%}
    {%- if not (config.get('contract') or {}).enforced -%}
      {%- do adapter.expand_target_column_types(from_relation=rows, to_relation=plan.target) -%}
    {%- endif -%}
    {%- set columns = process_schema_changes(on_schema_change, rows, plan.existing) or adapter.get_columns_in_relation(plan.existing) -%}
    {%- do tsdbt__run_main(write_sql(tsdbt__strategy_arguments(plan, rows, columns))) -%}
  {%- endif -%}

  {%- do create_indexes(built) if is_first or rebuild -%}
  {%- if rebuild -%}
    {%- do adapter.rename_relation(plan.target, plan.backup) -%}
    {%- do adapter.rename_relation(plan.aside, plan.target) -%}
  {%- endif -%}

  {%- do tsdbt__grant(plan.target, plan.existing, full_refresh=rebuild) -%}
  {%- do persist_docs(plan.target, model) -%}
  {%- do run_hooks(post_hooks, inside_transaction=True) -%}
  {%- do adapter.commit() -%}

  {%- do adapter.drop_relation(plan.backup) if rebuild -%}
  {%- do run_hooks(post_hooks, inside_transaction=False) -%}
  {%- do return({'relations': [plan.target]}) -%}
{% endmaterialization %}


{# Our own: the one argument of every strategy. #}
{% macro tsdbt__strategy_arguments(plan, rows, columns) %}
  {%- do return({
      'target_relation': plan.target,
      'temp_relation': rows,
      'unique_key': config.get('unique_key'),
      'dest_columns': columns,
      'incremental_predicates': config.get('predicates', none) or config.get('incremental_predicates', none)
  }) -%}
{% endmacro %}
