{#
  A view with parameters: DuckDB's table macro. Its columns are looked up at every call, so a changed source does not
  ask for a new run. `parameters` is a text or a list. The empty lines put the model's SQL on the line that it has in dbt.
#}

{% materialization table_function, adapter='duckdb' %}
  {%- set named = config.get('parameters') or [] -%}
  {%- set parameters = named if named is string or named is number else named | join(', ') -%}
  {%- set function_relation = api.Relation.create(type='view', database=database, schema=schema, identifier=model['alias']) -%}
  {%- do run_hooks(pre_hooks, inside_transaction=False) -%}
  {%- do run_hooks(pre_hooks, inside_transaction=True) -%}

  {%- set main_sql %}
    create or replace function {{ function_relation.render() }}({{ parameters }})


    as table (
      {{ sql }}
    );
  {%- endset -%}
  {%- do tsdbt__run_main(main_sql) -%}

  {%- do run_hooks(post_hooks, inside_transaction=True) -%}
  {%- do persist_docs(function_relation, model) -%}
  {%- do adapter.commit() -%}
  {%- do run_hooks(post_hooks, inside_transaction=False) -%}
  {%- do return({'relations': [function_relation]}) -%}
{% endmaterialization %}
