{% macro get_incremental_mine_sql(arg_dict) %}
  {% do return(get_insert_into_sql(arg_dict.target_relation, arg_dict.temp_relation, arg_dict.dest_columns)) %}
{% endmacro %}

{% macro operation() %}
  {% set there = load_relation(api.Relation.create(database=target.database, schema=target.schema, identifier='a_table', type='table')) %}
  {% do run_query('select 1 as one') %}
  {% do drop_relation_if_exists(there) %}
  {% do adapter.create_schema(api.Relation.create(database=target.database, schema='made')) %}
  {% do adapter.drop_schema(api.Relation.create(database=target.database, schema='made')) %}
{% endmacro %}
