{% macro duckdb__get_binding_char() %}
  {%- do return(adapter.get_binding_char()) -%}
{% endmacro %}

{% macro duckdb__get_batch_size() %}
  {%- do return(10000) -%}
{% endmacro %}

{# DuckDB's own reader loads the file into the table whose types have been inferred; `fast: false` binds the values. #}
{% macro duckdb__load_csv_rows(model, agate_table) %}
  {%- if not config.get('fast', true) -%}
    {%- do return(tsdbt__insert_in_batches(model, adapter.convert_datetimes_to_strs(agate_table))) -%}
  {%- endif -%}
  {%- set load_sql -%}
    COPY {{ this.render() }} FROM '{{ adapter.get_seed_file_path(model) }}' (FORMAT CSV, HEADER TRUE, DELIMITER '{{ config.get('delimiter', ',') }}')
  {%- endset -%}
  {%- do adapter.add_query(load_sql, abridge_sql_log=True) -%}
  {%- do return(load_sql) -%}
{% endmacro %}
