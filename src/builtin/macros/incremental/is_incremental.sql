{# True only while a model adds to a table that is there already; parsing never asks the database. #}
{% macro is_incremental() %}
  {%- set built = adapter.get_relation(this.database, this.schema, this.table) if execute else none -%}
  {%- set can_grow = built is not none and built.type == 'table' and model.config.materialized == 'incremental' -%}
  {%- do return(can_grow and not should_full_refresh()) -%}
{% endmacro %}
