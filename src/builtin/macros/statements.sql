{#
  Running SQL. `statement` is the one door to the engine for every macro: its body is the SQL, `name` is the key under
  which `load_result` finds the outcome, and the statement named `main` is what dbt writes to target/run.
#}

{%- macro statement(name=None, fetch_result=False, auto_begin=True, language='sql') -%}
  {%- if execute -%}
    {%- set body = caller() -%}

    {%- if name == 'main' -%}
      {%- do log('Writing runtime ' ~ language ~ ' for node "' ~ model['unique_id'] ~ '"') -%}
      {%- do write(body) -%}
    {%- endif -%}

    {%- if language == 'python' -%}
      {%- set response = submit_python_job(model, body) -%}
      {%- set rows = none -%}
    {%- elif language == 'sql' -%}
      {%- set response, rows = adapter.execute(body, auto_begin=auto_begin, fetch=fetch_result) -%}
    {%- else -%}
      {%- do exceptions.raise_compiler_error("statement can run 'sql' and 'python', not '" ~ language ~ "'") -%}
    {%- endif -%}

    {%- if name is not none -%}
      {%- do store_result(name, response=response, agate_table=rows) -%}
    {%- endif -%}
  {%- endif -%}
{%- endmacro -%}


{# Records a result for SQL that other means have already run, a seed's load for example. #}
{%- macro noop_statement(name=None, message=None, code=None, rows_affected=None, res=None) -%}
  {%- set body = caller() -%}

  {%- if name == 'main' -%}
    {%- do log('Writing runtime SQL for node "' ~ model['unique_id'] ~ '"') -%}
    {%- do write(body) -%}
  {%- endif -%}

  {%- if name is not none -%}
    {%- do store_raw_result(name, message=message, code=code, rows_affected=rows_affected, agate_table=res) -%}
  {%- endif -%}
{%- endmacro -%}


{# Runs a query outside of any new transaction and returns its table. #}
{% macro run_query(sql) %}
  {%- call statement('run_query_statement', fetch_result=true, auto_begin=false) %}
    {{ sql }}
  {%- endcall -%}
  {%- do return(load_result('run_query_statement').table) -%}
{% endmacro %}
