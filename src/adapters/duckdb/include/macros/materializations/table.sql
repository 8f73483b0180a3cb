{#
  The general materialization with what DuckDB needs besides: indexes go before a rename, tables with foreign keys are
  built in place (see foreign_keys.sql), DuckLake tables are laid out.
#}

{% materialization table, adapter='duckdb', supported_languages=['sql', 'python'] %}
  {%- set plan = tsdbt__rebuild_plan('table') -%}
  {%- set in_place = has_foreign_key_constraints(plan.existing) -%}
  {%- set forgets_layout = adapter.use_ducklake_table_workarounds(plan.target) -%}
  {%- do tsdbt__drop_leftovers(plan) -%}
  {%- do run_hooks(pre_hooks, inside_transaction=False) -%}
  {%- do run_hooks(pre_hooks, inside_transaction=True) -%}

  {%- set layout = tsdbt__duckdb_layout(plan.target) -%}
  {%- set dropped = drop_relation_for_rebuild(plan.existing) if in_place and plan.existing is not none else [] -%}
  {%- call statement('main', language=model['language']) -%}
    {{ create_table_as(False, plan.target if in_place else plan.aside, compiled_code, model['language'], **layout) }}
  {%- endcall -%}
  {%- if not in_place -%}
    {%- set dropped = tsdbt__duckdb_swap_in(plan) -%}
  {%- endif -%}
  {%- do restore_foreign_key_dependents(dropped) -%}
  {%- do create_indexes(plan.target) -%}

  {%- do run_hooks(post_hooks, inside_transaction=True) -%}
  {%- do tsdbt__grant(plan.target, plan.existing) -%}
  {%- do persist_docs(plan.target, model) if not forgets_layout -%}
  {%- do adapter.commit() -%}

  {# DuckLake before 1.5.3 forgot a table's layout with the rename, and took no comments in the same transaction. #}
  {%- if forgets_layout -%}
    {%- for change in tsdbt__duckdb_layout_changes(plan.target, layout) -%}
      {%- call statement('set_layout_again', auto_begin=False) -%}
        {{ change }}
      {%- endcall -%}
    {%- endfor -%}
    {%- do persist_docs(plan.target, model) -%}
  {%- endif -%}

  {%- do drop_relation_if_exists(plan.backup) -%}
  {%- do run_hooks(post_hooks, inside_transaction=False) -%}
  {%- do return({'relations': [plan.target]}) -%}
{% endmaterialization %}


{# Our own, for this materialization and the incremental one. #}

{# As tsdbt__swap_in. Returns what restore_foreign_key_dependents has to bring back. #}
{% macro tsdbt__duckdb_swap_in(plan) %}
  {%- set dropped = [] -%}
  {%- if plan.existing is not none -%}
    {%- do drop_indexes_on_relation(plan.existing) -%}
    {%- do dropped.extend(tsdbt__duckdb_drop_dependents(plan.existing)) -%}
    {%- do adapter.rename_relation(plan.existing, plan.backup) -%}
  {%- endif -%}
  {%- do adapter.rename_relation(plan.aside, plan.target) -%}
  {%- do return(dropped) -%}
{% endmacro %}

{# Arguments of `create_table_as`. #}
{% macro tsdbt__duckdb_layout(relation) %}
  {%- do return({
      'partitioned_by': duckdb__get_partitioned_by(relation, false),
      'sorted_by': duckdb__get_sorted_by(relation, false)
  }) -%}
{% endmacro %}

{% macro tsdbt__duckdb_layout_changes(relation, layout) %}
  {%- set changes = [] -%}
  {%- do changes.append(duckdb__alter_table_set_partitioned_by(relation, layout.partitioned_by)) if layout.partitioned_by -%}
  {%- do changes.append(duckdb__alter_table_set_sorted_by(relation, layout.sorted_by)) if layout.sorted_by -%}
  {%- do return(changes) -%}
{% endmacro %}
