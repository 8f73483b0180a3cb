{#
  A view with parameters: DuckDB's table macro. Its columns are looked up at every call, so a changed source does not
  ask for a new run. `parameters` is a text or a list.
#}

{% materialization table_function, adapter='duckdb' %}
  {%- set target_relation = api.Relation.create(database=database, schema=schema, identifier=model['alias'], type='view') -%}
  {%- set parameters = config.get('parameters') or [] -%}
  {%- set parameter_list = parameters if parameters is string or parameters is number else parameters | join(', ') -%}

  {%- do run_hooks(pre_hooks, inside_transaction=False) -%}
  {%- do run_hooks(pre_hooks, inside_transaction=True) -%}

  {%- call statement('main') -%}
    create or replace function {{ target_relation.render() }}({{ parameter_list }}) as table (
      {{ sql }}
    );
  {%- endcall -%}

  {%- do run_hooks(post_hooks, inside_transaction=True) -%}
  {%- do persist_docs(target_relation, model) -%}

  {%- do adapter.commit() -%}

  {%- do run_hooks(post_hooks, inside_transaction=False) -%}

  {%- do return({'relations': [target_relation]}) -%}
{% endmaterialization %}
