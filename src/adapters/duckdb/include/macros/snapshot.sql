{# The versions that have ended first, then the new ones. #}
{% macro duckdb__snapshot_merge_sql(target, source, insert_cols) -%}
  {%- set columns = tsdbt__snapshot_columns() -%}
  {%- set old, new = 'DBT_INTERNAL_TARGET.', 'DBT_INTERNAL_SOURCE.' -%}
  {%- set valid_to = columns.dbt_valid_to -%}
  {%- set open_end = config.get('dbt_valid_to_current') -%}
  {%- set is_current = old ~ valid_to ~ ' is null' -%}
    update {{ target }} as DBT_INTERNAL_TARGET
    set {{ valid_to }} = {{ new ~ valid_to }}
    from {{ source }} as DBT_INTERNAL_SOURCE
    where {{ new ~ columns.dbt_scd_id }}::text = {{ old ~ columns.dbt_scd_id }}::text
      and {{ new }}dbt_change_type::text in ('update'::text, 'delete'::text)
      and {{ '(' ~ old ~ valid_to ~ ' = ' ~ open_end ~ ' or ' ~ is_current ~ ')' if open_end else is_current }};

    insert into {{ target }} ({{ insert_cols | join(', ') }})
    select {{ new ~ insert_cols | join(', ' ~ new) }}
    from {{ source }} as DBT_INTERNAL_SOURCE
    where {{ new }}dbt_change_type::text = 'insert'::text;
{%- endmacro %}

{% macro build_snapshot_staging_table(strategy, sql, target_relation) %}
  {%- set place = duckdb__dispatch_temporary_relation(target_relation) -%}
  {%- set versions = snapshot_staging_table(strategy, sql, target_relation) -%}
  {%- call statement('build_snapshot_staging_relation') -%}
    {{ create_table_as(place.temporary, place.relation, versions) }}
  {%- endcall -%}
  {%- do return(place.relation) -%}
{% endmacro %}

{% macro duckdb__post_snapshot(temporary_relation) %}
  {%- do return(drop_relation(temporary_relation)) -%}
{% endmacro %}
