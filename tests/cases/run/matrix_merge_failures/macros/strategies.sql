{# A strategy of the project's own, whose second statement can fail. #}
{% macro get_incremental_in_two_sql(arg_dict) %}
  delete from {{ arg_dict.target_relation }} where id < 3;
  insert into {{ arg_dict.target_relation }} select id, cast(val as integer), ts from {{ arg_dict.temp_relation }}
{% endmacro %}
{% macro rows(columns='id, val, ts') %}
  select {{ columns }} from landing.events
  {% if is_incremental() %}where ts > (select max(ts) from {{ this }}){% endif %}
{% endmacro %}
