{#-
    Writes the rows of a relation into a CSV file, in the given order. The file is written completely or not at all: beside its place
    first, then renamed. Its folder is made; the folder above must be there. An engine that writes no files on this machine says so.
-#}
{% macro write_csv_file(relation, path, order_by) -%}
    {{ return(adapter.dispatch('write_csv_file', 'tsdbt_flagship')(relation, path, order_by)) }}
{%- endmacro %}

{% macro default__write_csv_file(relation, path, order_by) -%}
    {% do exceptions.warn(target.type ~ " writes no files here: the rows of " ~ path ~ " are in " ~ relation) %}
    {{ return(false) }}
{%- endmacro %}

{% macro duckdb__write_csv_file(relation, path, order_by) -%}
    {%- set folder = path.split('/')[:-1] | join('/') -%}
    {%- if folder -%}
        {#- A partitioned copy of no rows makes the folder and nothing in it. -#}
        {% do run_query(
            "copy (select 1 as a, 1 as b where false) to '" ~ escape_single_quotes(folder) ~ "' (format csv, partition_by (a), overwrite_or_ignore true)"
        ) %}
    {%- endif -%}
    {% do run_query(
        "copy (select * from " ~ relation ~ " order by " ~ order_by ~ ") to '" ~ escape_single_quotes(path)
        ~ "' (format csv, header true, use_tmp_file true)"
    ) %}
    {{ return(true) }}
{%- endmacro %}
