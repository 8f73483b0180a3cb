{#-
    The time of a snapshot is the day of the run where one is given (variable `as_of_date`): days that are run one after the other leave the
    history that they would have left on those days. Without it, it is the clock, as everywhere in dbt.
-#}
{% macro default__snapshot_get_time() -%}
    {%- if var('as_of_date') -%}
        cast('{{ var("as_of_date") }}' as timestamp)
    {%- else -%}
        cast({{ dbt.current_timestamp() }} as timestamp)
    {%- endif -%}
{%- endmacro %}


{#- The last day on which a snapshot of this schema learned something, as an expression; null before its first run. -#}
{% macro snapshot_held_until(name) -%}
    {%- if execute -%}
        {%- set held = load_relation(api.Relation.create(database=this.database, schema=this.schema, identifier=name)) -%}
    {%- endif -%}
    {%- if held -%}
        (select cast(max(dbt_valid_from) as date) from {{ held }})
    {%- else -%}
        cast(null as date)
    {%- endif -%}
{%- endmacro %}
