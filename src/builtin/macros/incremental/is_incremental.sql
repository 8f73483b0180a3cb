{# True only while a model adds to a table that is there already; parsing never asks the database. #}
{% macro is_incremental() %}
  {%- set may_be = execute and model.config.materialized == 'incremental' and not should_full_refresh() -%}
  {%- set built = adapter.get_relation(this.database, this.schema, this.table) if may_be else none -%}
  {%- do return(built is not none and built.type == 'table') -%}
{% endmacro %}
