{# Partitions and order of DuckLake tables. Only the final table has them, not what is built on the way to it. #}

{% macro duckdb__get_partitioned_by(relation, temporary) -%}
  {%- set wanted = tsdbt__duckdb_layout_config(relation, temporary, 'partitioned_by', 'partition_by') -%}
  {%- do return(wanted | join(', ') if wanted else none) -%}
{%- endmacro %}

{% macro duckdb__get_sorted_by(relation, temporary) -%}
  {%- set wanted = tsdbt__duckdb_layout_config(relation, temporary, 'sorted_by', 'sort_by') -%}
  {%- if not wanted -%}
    {%- do return(none) -%}
  {%- endif -%}
  {%- set quoted = [] -%}
  {%- for name in wanted -%}
    {%- do quoted.append(adapter.quote(name | replace('"', '""'))) -%}
  {%- endfor -%}
  {%- do return(quoted | join(', ')) -%}
{%- endmacro %}

{# Our own: the list behind either configuration, none where it does not apply. #}
{% macro tsdbt__duckdb_layout_config(relation, temporary, name, short_name) -%}
  {%- set given = config.get(name, none) -%}
  {%- if given is none or given == '' -%}
    {%- set given = config.get(short_name, none) -%}
  {%- endif -%}
  {%- if temporary or given is none or given == '' -%}
    {%- do return(none) -%}
  {%- endif -%}

  {%- set label = name ~ '/' ~ short_name -%}
  {%- set parts = normalize_string_or_list(given, label) -%}
  {%- if not parts -%}
    {%- do exceptions.raise_compiler_error(label ~ ' must contain at least one column') -%}
  {%- endif -%}
  {%- if this is defined and config.get('materialized') in ['table', 'incremental']
      and relation.identifier and this.identifier and relation.identifier != this.identifier -%}
    {%- do return(none) -%}
  {%- endif -%}
  {%- if not adapter.is_ducklake(relation) -%}
    {%- do adapter.warn_once(label ~ ' is only supported for DuckLake relations; ignoring for ' ~ relation) -%}
    {%- do return(none) -%}
  {%- endif -%}
  {%- do return(parts) -%}
{%- endmacro %}

{% macro duckdb__alter_table_set_partitioned_by(relation, partitioned_by) -%}
  alter table {{ relation }} set partitioned by ({{ partitioned_by }});
{%- endmacro %}

{% macro duckdb__alter_table_set_sorted_by(relation, sorted_by) -%}
  alter table {{ relation }} set sorted by ({{ sorted_by }});
{%- endmacro %}
