{# As `table`: created aside, swapped in by renames, the old one dropped after the commit. #}

{% materialization view, default %}
  {%- set plan = tsdbt__rebuild_plan('view') -%}
  {%- do run_hooks(pre_hooks, inside_transaction=False) -%}
  {%- do tsdbt__drop_leftovers(plan) -%}
  {%- do run_hooks(pre_hooks, inside_transaction=True) -%}

  {%- call statement('main') -%}
    {{ get_create_view_as_sql(plan.aside, sql) }}
  {%- endcall -%}
  {%- set replaced = tsdbt__swap_in(plan) -%}
  {%- do tsdbt__grant(plan.target, replaced) -%}
  {%- do persist_docs(plan.target, model) -%}
  {%- do run_hooks(post_hooks, inside_transaction=True) -%}
  {%- do adapter.commit() -%}

  {%- do drop_relation_if_exists(plan.backup) -%}
  {%- do run_hooks(post_hooks, inside_transaction=False) -%}
  {%- do return({'relations': [plan.target]}) -%}
{% endmaterialization %}
