{# The name is a hash of table, columns and time, so that an index can be made on the new table while the old has one. #}
{% macro duckdb__get_create_index_sql(relation, index_dict) -%}
  {%- set index = adapter.parse_index(index_dict) -%}
  create {{ 'unique ' if index.unique }}index "{{ index.render(relation) }}" on {{ relation }} ({{ index.columns | join(', ') }});
{%- endmacro %}

{# A table with indexes can be neither renamed nor dropped. Called after commits too, hence no new transaction. #}
{% macro drop_indexes_on_relation(relation) -%}
  {%- set query = "select index_name from duckdb_indexes() where database_name = '%s' and schema_name = '%s' and table_name = '%s'"
      | format(relation.database, relation.schema, relation.identifier) -%}
  {%- for row in tsdbt__fetch('get_indexes_on_relation', query, auto_begin=false).table -%}
    {%- call statement('drop_index_' ~ loop.index, auto_begin=false) -%}
      drop index {{ '"%s"."%s"."%s"' | format(relation.database, relation.schema, row[0]) }}
    {%- endcall -%}
  {%- endfor -%}
{%- endmacro %}
