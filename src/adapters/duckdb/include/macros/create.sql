{% macro create_table_as(temporary, relation, compiled_code, language='sql', partitioned_by=none, sorted_by=none) -%}
  {%- do return(adapter.dispatch('create_table_as', 'dbt')(
      temporary, relation, compiled_code, language, partitioned_by=partitioned_by, sorted_by=sorted_by)) -%}
{%- endmacro %}

{#
  `create table as`, or in two steps where something must come between the table and its rows: constraints of an
  enforced contract (temporary tables have none), partitions and order of a DuckLake table. The empty lines, here and
  in the view, put the model's SQL on the line that it has in dbt: DuckDB's messages name it.
#}
{% macro duckdb__create_table_as(temporary, relation, compiled_code, language='sql', partitioned_by=none, sorted_by=none) -%}
  {%- if language == 'python' -%}
    {{ py_write_table(temporary=temporary, relation=relation, compiled_code=compiled_code, partitioned_by=partitioned_by, sorted_by=sorted_by) }}
  {%- elif language == 'sql' -%}
    {%- set contract = config.get('contract') -%}
    {{- get_assert_columns_equivalent(compiled_code) if contract.enforced }}
    {{ tsdbt__sql_header() }}

    create {{ 'temporary ' if temporary }}table
      {{ relation.include(database=(not temporary), schema=(not temporary)) }}
    {%- if contract.enforced and not temporary %}
    {{ get_table_columns_and_constraints() }};
    {{ tsdbt__duckdb_set_layout(relation, partitioned_by, sorted_by) }}
    insert into {{ relation }} {{ get_column_names() }} (
      {{ get_select_subquery(compiled_code) }}
    );
    {%- elif partitioned_by or sorted_by %}
    as (
      select * from (
        {{ compiled_code }}
      ) as model_subq
      limit 0
    );
    {{ tsdbt__duckdb_set_layout(relation, partitioned_by, sorted_by) }}
    insert into {{ relation }}
      select * from (
        {{ compiled_code }}
      ) as model_subq;
    {%- else %}


    as (
      {{ compiled_code }}
    );
    {%- endif %}
  {%- else -%}
    {%- do exceptions.raise_compiler_error("duckdb__create_table_as macro didn't get supported language, it got " ~ language) -%}
  {%- endif -%}
{%- endmacro %}

{# Our own: both `alter table` statements, as far as they are asked for. #}
{% macro tsdbt__duckdb_set_layout(relation, partitioned_by, sorted_by) -%}
  {{ duckdb__alter_table_set_partitioned_by(relation, partitioned_by) if partitioned_by }}
  {{ duckdb__alter_table_set_sorted_by(relation, sorted_by) if sorted_by }}
{%- endmacro %}

{% macro duckdb__create_view_as(relation, sql) -%}
  {{- get_assert_columns_equivalent(sql) if config.get('contract').enforced }}
  {{ tsdbt__sql_header() }}
  create view {{ relation }} as (
    {{ sql }}
  );
{%- endmacro %}

{# The Python around a Python model's data frame that makes a table of it. #}
{% macro py_write_table(temporary, relation, compiled_code, partitioned_by=none, sorted_by=none) -%}
  {%- set alters = tsdbt__duckdb_layout_changes(relation, {'partitioned_by': partitioned_by, 'sorted_by': sorted_by}) -%}
  {%- set frame = '__dbt_python_model_df_' ~ relation.identifier -%}
{{ compiled_code }}

def materialize(df, con):
    if type(df).__module__.split('.')[0] == 'pyarrow':
        import pyarrow.dataset  # DuckDB scans Arrow tables through it
    con.register({{ frame | tojson }}, df)
    for step in (
        {{ ('create table ' ~ relation ~ ' as from ' ~ adapter.quote(frame) ~ (' limit 0' if alters else '')) | tojson }},
        {%- for alter in alters %}
        {{ alter | trim | tojson }},
        {%- endfor %}
        {%- if alters %}
        {{ ('insert into ' ~ relation ~ ' from ' ~ adapter.quote(frame)) | tojson }},
        {%- endif %}
    ):
        con.execute(step)
    con.unregister({{ frame | tojson }})
{% endmacro %}
