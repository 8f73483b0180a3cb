{#
  Running SQL. `statement` is the one door to the engine for every macro: its body is the SQL, `name` is the key under
  which `load_result` finds the outcome, and the statement named `main` is what dbt writes to target/run.
#}

{%- macro statement(name=None, fetch_result=False, auto_begin=True, language='sql') -%}
  {%- if execute -%}
    {%- set body = caller() -%}
    {%- do tsdbt__show_statement(name, body, language) -%}
    {%- if language not in ['sql', 'python'] -%}
      {%- do exceptions.raise_compiler_error("statement macro didn't get supported language") -%}
    {%- endif -%}
    {%- set response, rows = adapter.execute(body, fetch=fetch_result, auto_begin=auto_begin) if language == 'sql'
        else [submit_python_job(model, body), none] -%}
    {%- do store_result(name, response=response, agate_table=rows) if name is not none -%}
  {%- endif -%}
{%- endmacro -%}

{# Our own: a node's main statement goes to the log and to target/run. #}
{% macro tsdbt__show_statement(name, body, language) %}
  {%- if name == 'main' -%}
    {%- do log('Writing runtime ' ~ language ~ ' for node "' ~ model['unique_id'] ~ '"') -%}
    {%- do write(body) -%}
  {%- endif -%}
{% endmacro %}


{# Records a result for SQL that other means have already run, a seed's load for example. #}
{%- macro noop_statement(name=None, message=None, code=None, rows_affected=None, res=None) -%}
  {%- do tsdbt__show_statement(name, caller(), 'SQL') -%}
  {%- do store_raw_result(name, message=message, code=code, rows_affected=rows_affected, agate_table=res) if name is not none -%}
{%- endmacro -%}


{# Runs a query outside of any new transaction and returns its table. #}
{% macro run_query(sql) %}
  {%- do return(tsdbt__fetch('run_query_statement', sql, auto_begin=false).table) -%}
{% endmacro %}

{# Our own: runs a query as the statement of that name and returns what `load_result` has of it. #}
{% macro tsdbt__fetch(name, query, auto_begin=true) %}
  {%- call statement(name, fetch_result=true, auto_begin=auto_begin) %}
    {{ query }}
  {%- endcall -%}
  {%- do return(load_result(name)) -%}
{% endmacro %}

{# Our own: for statements that may turn out empty. #}
{% macro tsdbt__run_unless_empty(sql) %}
  {%- if sql and sql | trim -%}
    {%- do run_query(sql) -%}
  {%- endif -%}
{% endmacro %}


{#
  Our own: begins a transaction, where the engine can change and drop tables in one, so that a failure or a kill on the
  way leaves what was there.
#}
{% macro tsdbt__begin() %}
  {%- do return(adapter.dispatch('tsdbt__begin', 'dbt')()) -%}
{% endmacro %}

{% macro default__tsdbt__begin() %}
{% endmacro %}
