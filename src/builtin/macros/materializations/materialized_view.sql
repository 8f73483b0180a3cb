{# The general way of a rebuild, each of its parts a macro of its own for engines to replace. #}
{% materialization materialized_view, default %}
  {%- set plan = tsdbt__rebuild_plan(this.MaterializedView) -%}
  {%- do materialized_view_setup(plan.backup, plan.aside, pre_hooks) -%}
  {%- set todo = materialized_view_get_build_sql(plan.existing, plan.target, plan.backup, plan.aside) -%}
  {%- do materialized_view_execute_build_sql(todo, plan.existing, plan.target, post_hooks) if todo != ''
      else materialized_view_execute_no_op(plan.target) -%}
  {%- do materialized_view_teardown(plan.backup, plan.aside, post_hooks) -%}
  {%- do return({'relations': [plan.target]}) -%}
{% endmaterialization %}


{% macro materialized_view_setup(backup_relation, intermediate_relation, pre_hooks) %}
  {%- for leftover in [load_cached_relation(backup_relation), load_cached_relation(intermediate_relation)] %}
    {{ drop_relation_if_exists(leftover) }}
  {%- endfor -%}
  {%- do run_hooks(pre_hooks, inside_transaction=False) -%}
{% endmacro %}


{% macro materialized_view_teardown(backup_relation, intermediate_relation, post_hooks) %}
  {%- for relation in [backup_relation, intermediate_relation] %}
    {{ drop_relation_if_exists(relation) }}
  {%- endfor -%}
  {%- do run_hooks(post_hooks, inside_transaction=False) -%}
{% endmacro %}


{# What there is to do: create, replace, alter, refresh, or nothing (the empty text). #}
{% macro materialized_view_get_build_sql(existing_relation, target_relation, backup_relation, intermediate_relation) %}
  {%- if existing_relation is none -%}
    {%- do return(get_create_materialized_view_as_sql(target_relation, sql)) -%}
  {%- endif -%}
  {%- if should_full_refresh() or not existing_relation.is_materialized_view -%}
    {%- do return(get_replace_sql(existing_relation, target_relation, sql)) -%}
  {%- endif -%}

  {%- set changes = get_materialized_view_configuration_changes(existing_relation, config) -%}
  {%- if changes is none -%}
    {%- do return(refresh_materialized_view(target_relation)) -%}
  {%- endif -%}

  {%- set answer = config.get('on_configuration_change') -%}
  {%- set found = 'Configuration changes were identified and `on_configuration_change` was set to `' ~ answer ~ '` for `' ~ target_relation.render() ~ '`' -%}
  {%- if answer == 'apply' -%}
    {%- do return(get_alter_materialized_view_as_sql(target_relation, changes, sql, existing_relation, backup_relation, intermediate_relation)) -%}
  {%- elif answer == 'continue' -%}
    {%- do exceptions.warn(found) -%}
    {%- do return('') -%}
  {%- elif answer == 'fail' -%}
    {%- do exceptions.raise_fail_fast_error(found) -%}
  {%- else -%}
    {%- do exceptions.raise_compiler_error('Unexpected value of `on_configuration_change`: ' ~ answer) -%}
  {%- endif -%}
{% endmacro %}


{% macro materialized_view_execute_no_op(target_relation) %}
  {%- do store_raw_result(name='main', message='skip ' ~ target_relation, code='skip', rows_affected='-1') -%}
{% endmacro %}


{% macro materialized_view_execute_build_sql(build_sql, existing_relation, target_relation, post_hooks) %}
  {%- do run_hooks(pre_hooks, inside_transaction=True) -%}
  {%- do tsdbt__run_main(build_sql) -%}
  {%- do tsdbt__grant(target_relation, existing_relation) -%}
  {%- do persist_docs(target_relation, model) -%}
  {%- do run_hooks(post_hooks, inside_transaction=True) -%}
  {%- do adapter.commit() -%}
{% endmacro %}
