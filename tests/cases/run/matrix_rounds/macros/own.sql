{% materialization twice, default %}
  {%- set copy = this.incorporate(path={'identifier': this.identifier ~ '_copy'}, type='view') -%}
  {% call statement('main') %}create or replace table {{ this }} as {{ sql }}{% endcall %}
  {% do run_query('create or replace view ' ~ copy ~ ' as from ' ~ this) %}
  {% do adapter.commit() %}
  {% do return({'relations': [this.incorporate(type='table'), copy]}) %}
{% endmaterialization %}

{% macro get_incremental_newest_sql(arg_dict) %}
  truncate {{ arg_dict.target_relation }};
  insert into {{ arg_dict.target_relation }} by name select * from {{ arg_dict.temp_relation }}
{% endmacro %}

{# DuckDB's functions, which dbt-duckdb leaves to the project. #}
{% macro duckdb__scalar_function_sql(target) %}
  create or replace macro {{ target }}({{ model.arguments | map(attribute='name') | join(', ') }}) as ({{ model.compiled_code }})
{% endmacro %}

{% macro new_rows() %}
  select * from {{ source('raw', 'events') }}
  {% if is_incremental() %} where happened > (select max(happened) from {{ this }}) {% endif %}
{% endmacro %}
