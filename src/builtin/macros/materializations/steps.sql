{#
  Our own: the steps that the materializations share, engines' ones included.

  A plan names the relations that a build of `this` deals with: the target; what exists under its name, if anything;
  the one that is built aside; the backup that the existing one becomes until the new one is committed; and what a run
  that was killed has left under the names of these two. A backup
  has the type of what becomes it, because `drop view` and `drop table` are not the same.
#}

{% macro tsdbt__rebuild_plan(type) %}
  {%- set target = this.incorporate(type=type) -%}
  {%- set existing = load_cached_relation(this) -%}
  {%- set aside = make_intermediate_relation(target) -%}
  {%- set backup = make_backup_relation(target, type if existing is none else existing.type) -%}
  {%- do return({
      'target': target,
      'existing': existing,
      'aside': aside,
      'backup': backup,
      'leftovers': [load_cached_relation(aside), load_cached_relation(backup)]
  }) -%}
{% endmacro %}

{% macro tsdbt__drop_leftovers(plan) %}
  {%- for leftover in plan.leftovers -%}
    {%- do drop_relation_if_exists(leftover) -%}
  {%- endfor -%}
{% endmacro %}

{% macro tsdbt__run_main(main_sql) %}
  {%- call statement('main') -%}
    {{ main_sql }}
  {%- endcall -%}
{% endmacro %}

{#
  Returns what was replaced. It is looked up once more: dropping a leftover with cascade may have taken it along.
#}
{% macro tsdbt__swap_in(plan) %}
  {%- set replaced = none if plan.existing is none else load_cached_relation(plan.existing) -%}
  {%- do adapter.rename_relation(replaced, plan.backup) if replaced is not none -%}
  {%- do adapter.rename_relation(plan.aside, plan.target) -%}
  {%- do return(replaced) -%}
{% endmacro %}

{% macro tsdbt__grant(relation, replaced, full_refresh=True) %}
  {%- do apply_grants(relation, config.get('grants'), should_revoke=should_revoke(replaced, full_refresh)) -%}
{% endmacro %}
