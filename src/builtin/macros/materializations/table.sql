{#
  Built aside, then swapped in by renames. Everything from the first hook inside the transaction to the commit is one
  transaction, so whoever reads meanwhile sees the old table or the new one.
#}

{% materialization table, default %}
  {%- set plan = tsdbt__rebuild_plan('table') -%}
  {%- do tsdbt__drop_leftovers(plan) -%}
  {%- do run_hooks(pre_hooks, inside_transaction=False) -%}
  {%- do run_hooks(pre_hooks, inside_transaction=True) -%}

  {%- call statement('main') -%}
    {{ get_create_table_as_sql(False, plan.aside, sql) }}
  {%- endcall -%}
  {%- do create_indexes(plan.aside) -%}
  {%- set replaced = tsdbt__swap_in(plan) -%}

  {%- do run_hooks(post_hooks, inside_transaction=True) -%}
  {%- do tsdbt__grant(plan.target, replaced) -%}
  {%- do persist_docs(plan.target, model) -%}
  {%- do adapter.commit() -%}

  {%- do drop_relation_if_exists(plan.backup) -%}
  {%- do run_hooks(post_hooks, inside_transaction=False) -%}
  {%- do return({'relations': [plan.target]}) -%}
{% endmaterialization %}
