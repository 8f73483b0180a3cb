{# `describe` asks about one relation; information_schema would load the catalog of every attached database. #}
{% macro duckdb__get_columns_in_relation(relation) -%}
  {%- set query %}
    select column_name, column_type as data_type
    {%- for size in ['character_maximum_length', 'numeric_precision', 'numeric_scale'] -%}
      , cast(null as bigint) as {{ size }}
    {%- endfor %}
    from (describe {{ relation.render() }})
  {%- endset -%}
  {%- do return(sql_convert_columns_in_relation(tsdbt__fetch('get_columns_in_relation', query).table)) -%}
{%- endmacro %}

{# The header runs by itself: the query will be put in `describe (…)`, where only a query may stand. #}
{% macro duckdb__get_empty_subquery_sql(select_sql, select_sql_header=none) %}
  {%- if select_sql_header is not none -%}
    {%- do run_query(select_sql_header) -%}
  {%- endif %}
    select * from (
        {{ select_sql }}
    ) as __dbt_sbq
    where false
    limit 0
{% endmacro %}

{# One column a statement. #}
{% macro duckdb__alter_relation_add_remove_columns(relation, add_columns, remove_columns) %}
  {%- set opening = 'alter ' ~ relation.type ~ ' ' ~ relation -%}
  {%- for column in add_columns or [] -%}
    {%- do run_query(opening ~ ' add column ' ~ api.Relation.create(identifier=column.name) ~ ' ' ~ column.data_type) -%}
  {%- endfor -%}
  {%- for column in remove_columns or [] -%}
    {%- do run_query(opening ~ ' drop column ' ~ api.Relation.create(identifier=column.name)) -%}
  {%- endfor -%}
{% endmacro %}

{# The contract's columns in parentheses, for `insert into`. #}
{% macro get_column_names() %}
    (
    {%- for column in model['columns'].values() -%}
      {{ adapter.quote(column['name']) if column.get('quote') else column['name'] }}{{ ', ' if not loop.last }}
    {%- endfor -%}
    )
{% endmacro %}

{# One statement: the general four can not be committed together with rows that are written in the same transaction. #}
{% macro duckdb__alter_column_type(relation, column_name, new_column_type) -%}
  {%- call statement('alter_column_type') -%}
    alter table {{ relation.render() }} alter column {{ adapter.quote(column_name) }} set data type {{ new_column_type }}
  {%- endcall -%}
{%- endmacro %}
