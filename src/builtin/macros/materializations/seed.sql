{# A CSV file as a table. A table that is there is emptied, not dropped, so that views on it live on. #}

{% materialization seed, default %}
  {%- set found = adapter.get_relation(database=database, schema=schema, identifier=model['alias']) -%}
  {%- set is_kept = found is not none and found.is_table -%}
  {%- set afresh = should_full_refresh() -%}
  {%- set rows = load_agate_table() -%}
  {%- do store_result('agate_table', response='OK', agate_table=rows) -%}
  {%- do run_hooks(pre_hooks, inside_transaction=False) -%}
  {%- do run_hooks(pre_hooks, inside_transaction=True) -%}

  {%- if found is not none and found.is_view -%}
    {%- do exceptions.raise_compiler_error("Cannot seed to '" ~ found.render() ~ "', it is a view") -%}
  {%- endif -%}
  {%- do tsdbt__begin() if is_kept and afresh -%}
  {%- set table_sql = reset_csv_table(model, afresh, found, rows) if is_kept else create_csv_table(model, rows) -%}
  {%- set count = rows.rows | length -%}
  {%- set rows_sql = load_csv_rows(model, rows) if count > 0 else '' -%}
  {%- set verb = 'CREATE' if afresh else 'INSERT' -%}
  {%- call noop_statement('main', message=verb ~ ' ' ~ count, code=verb, rows_affected=count) -%}
    {{ get_csv_sql(table_sql, rows_sql) }};
  {%- endcall -%}

  {%- set seeded = this.incorporate(type='table') -%}
  {%- do tsdbt__grant(seeded, found, full_refresh=afresh) -%}
  {%- do persist_docs(seeded, model) -%}
  {%- do create_indexes(seeded) if afresh or not is_kept -%}
  {%- do run_hooks(post_hooks, inside_transaction=True) -%}
  {%- do adapter.commit() -%}
  {%- do run_hooks(post_hooks, inside_transaction=False) -%}
  {%- do return({'relations': [seeded]}) -%}
{% endmaterialization %}


{% macro create_csv_table(model, agate_table) -%}
  {{ adapter.dispatch('create_csv_table', 'dbt')(model, agate_table) }}
{%- endmacro %}

{% macro default__create_csv_table(model, agate_table) %}
  {%- set types = model['config'].get('column_types', {}) -%}
  {%- set columns = [] -%}
  {%- for name in agate_table.column_names -%}
    {%- set type = types.get(name, adapter.convert_type(agate_table, loop.index0)) -%}
    {%- do columns.append(tsdbt__seed_column(model, name) ~ ' ' ~ type) -%}
  {%- endfor -%}
  {%- set ddl = 'create table ' ~ this.render() ~ ' (' ~ columns | join(', ') ~ ')' -%}
  {%- call statement('_') -%}
    {{ ddl }}
  {%- endcall -%}
  {%- do return(ddl) -%}
{% endmacro %}


{% macro reset_csv_table(model, full_refresh, old_relation, agate_table) -%}
  {{ adapter.dispatch('reset_csv_table', 'dbt')(model, full_refresh, old_relation, agate_table) }}
{%- endmacro %}

{% macro default__reset_csv_table(model, full_refresh, old_relation, agate_table) %}
  {%- do adapter.drop_relation(old_relation) if full_refresh else adapter.truncate_relation(old_relation) -%}
  {%- do return(create_csv_table(model, agate_table) if full_refresh else 'truncate table ' ~ old_relation.render()) -%}
{% endmacro %}


{# What target/run shows for a seed. #}
{% macro get_csv_sql(create_or_truncate_sql, insert_sql) %}
  {{ adapter.dispatch('get_csv_sql', 'dbt')(create_or_truncate_sql, insert_sql) }}
{% endmacro %}

{% macro default__get_csv_sql(create_or_truncate_sql, insert_sql) %}
    {{ create_or_truncate_sql }};
    -- dbt seed --
    {{ insert_sql }}
{% endmacro %}


{# The engine's placeholder of a bound value, and how many rows one insert takes. #}

{% macro get_binding_char() -%}
  {{ adapter.dispatch('get_binding_char', 'dbt')() }}
{%- endmacro %}

{% macro default__get_binding_char() %}
  {%- do return('%s') -%}
{% endmacro %}

{% macro get_batch_size() -%}
  {%- do return(adapter.dispatch('get_batch_size', 'dbt')()) -%}
{%- endmacro %}

{% macro default__get_batch_size() %}
  {%- do return(10000) -%}
{% endmacro %}

{% macro get_seed_column_quoted_csv(model, column_names) %}
  {%- set names = [] -%}
  {%- for name in column_names -%}
    {%- do names.append(tsdbt__seed_column(model, name)) -%}
  {%- endfor -%}
  {%- do return(names | join(', ')) -%}
{% endmacro %}

{# Our own: a column of the file under its name in SQL. #}
{% macro tsdbt__seed_column(model, name) %}
  {%- do return(adapter.quote_seed_column(name | string, model['config'].get('quote_columns', none))) -%}
{% endmacro %}


{# Inserts all rows in batches with bound values; returns the first statement. #}
{% macro load_csv_rows(model, agate_table) -%}
  {{ adapter.dispatch('load_csv_rows', 'dbt')(model, agate_table) }}
{%- endmacro %}

{% macro default__load_csv_rows(model, agate_table) %}
  {%- do return(tsdbt__insert_in_batches(model, agate_table)) -%}
{% endmacro %}

{# Our own: the engine's placeholder is asked for once, not for every cell. #}
{% macro tsdbt__insert_in_batches(model, agate_table) %}
  {%- set mark = get_binding_char() -%}
  {%- set row_marks = '(' ~ ([mark] * agate_table.column_names | length) | join(',') ~ ')' -%}
  {%- set opening = 'insert into ' ~ this.render() ~ ' (' ~ get_seed_column_quoted_csv(model, agate_table.column_names) ~ ') values ' -%}
  {%- set statements = [] -%}
  {%- for chunk in agate_table.rows | batch(get_batch_size()) -%}
    {%- set values = [] -%}
    {%- for row in chunk -%}
      {%- do values.extend(row) -%}
    {%- endfor -%}
    {%- do statements.append(opening ~ ([row_marks] * chunk | length) | join(',')) -%}
    {%- do adapter.add_query(statements[-1], bindings=values, abridge_sql_log=True) -%}
  {%- endfor -%}
  {%- do return(statements[0]) -%}
{% endmacro %}
