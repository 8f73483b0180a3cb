{#
  The staging table of a snapshot: one row for every change, `dbt_change_type` saying which.
    insert  a new row, or the new version of a changed one
    update  the end of the version that has changed
    delete  the end of a version whose row is gone (`hard_deletes: invalidate` and `new_record`)
  and for `new_record` an insert of a last version that is marked as deleted.
#}

{% macro snapshot_staging_table(strategy, source_sql, target_relation) -%}
  {{ adapter.dispatch('snapshot_staging_table', 'dbt')(strategy, source_sql, target_relation) }}
{% endmacro %}

{% macro default__snapshot_staging_table(strategy, source_sql, target_relation) -%}
  {%- set columns = tsdbt__snapshot_columns() -%}
  {%- set open_end = config.get('dbt_valid_to_current') -%}
  {%- set with_deletes = strategy.hard_deletes in ['invalidate', 'new_record'] -%}
  {%- set with_records = strategy.hard_deletes == 'new_record' -%}
  {%- set keys = unique_key_fields(strategy.unique_key) -%}
  {%- set same_key = unique_key_join_on(strategy.unique_key, 'snapshotted_data', 'source_data') -%}
  {%- set gone = unique_key_is_null(strategy.unique_key, 'source_data') if with_deletes -%}
  {%- set marked = 'snapshotted_data.' ~ columns.dbt_is_deleted -%}
  {%- set now = snapshot_get_time() if with_deletes -%}
  {%- set deletion_id = snapshot_hash_arguments([columns.dbt_scd_id, now]) if with_records -%}
    with snapshot_query as (
        {{ source_sql }}
    ),

    snapshotted_data as (
        select *, {{ keys }}
        from {{ target_relation }}
        where
        {%- if open_end %}
            ({{ equals(columns.dbt_valid_to | trim, open_end | trim) }} or {{ columns.dbt_valid_to | trim }} is null)
        {%- else %}
            {{ columns.dbt_valid_to }} is null
        {%- endif %}
    ),

    insertions_source_data as (
        select *, {{ keys }},
            {{ strategy.updated_at }} as {{ columns.dbt_updated_at }},
            {{ strategy.updated_at }} as {{ columns.dbt_valid_from }},
            {{ get_dbt_valid_to_current(strategy, columns) }},
            {{ strategy.scd_id }} as {{ columns.dbt_scd_id }}
        from snapshot_query
    ),

    updates_source_data as (
        select *, {{ keys }},
            {{ strategy.updated_at }} as {{ columns.dbt_updated_at }},
            {{ strategy.updated_at }} as {{ columns.dbt_valid_from }},
            {{ strategy.updated_at }} as {{ columns.dbt_valid_to }}
        from snapshot_query
    ),
    {%- if with_deletes %}

    deletes_source_data as (
        select *, {{ keys }}
        from snapshot_query
    ),
    {%- endif %}

    insertions as (
        select 'insert' as dbt_change_type, source_data.*
            {{- ", 'False' as " ~ columns.dbt_is_deleted if with_records }}
        from insertions_source_data as source_data
        left outer join snapshotted_data
            on {{ same_key }}
        where {{ unique_key_is_null(strategy.unique_key, 'snapshotted_data') }}
            or (
                {{ unique_key_is_not_null(strategy.unique_key, 'snapshotted_data') }}
                and ({{ strategy.row_changed }}{{ ' or ' ~ marked ~ " = 'True'" if with_records }})
            )
    ),

    updates as (
        select 'update' as dbt_change_type, source_data.*, snapshotted_data.{{ columns.dbt_scd_id }}
            {{- ', ' ~ marked if with_records }}
        from updates_source_data as source_data
        join snapshotted_data
            on {{ same_key }}
        where ({{ strategy.row_changed }}{{ ' or ' ~ marked ~ " = 'True'" if with_records }})
    )
    {%- if with_deletes %},

    deletes as (
        select 'delete' as dbt_change_type, source_data.*,
            {{ now }} as {{ columns.dbt_valid_from }},
            {{ now }} as {{ columns.dbt_updated_at }},
            {{ now }} as {{ columns.dbt_valid_to }},
            snapshotted_data.{{ columns.dbt_scd_id }}
            {{- ', ' ~ marked if with_records }}
        from snapshotted_data
        left join deletes_source_data as source_data
            on {{ same_key }}
        where {{ gone }}
            {{- tsdbt__snapshot_not_marked_yet(columns, marked, open_end) if with_records }}
    )
    {%- endif %}
    {%- if with_records %},
    {%- set in_table = get_list_of_column_names(get_columns_in_relation(target_relation)) %}

    deletion_records as (
        select 'insert' as dbt_change_type,
        {%- for name in get_columns_in_query(source_sql) %}
            {{ 'snapshotted_data' if name in in_table else 'source_data' }}.{{ adapter.quote(name) }},
        {%- endfor %}
        {%- if strategy.unique_key | is_list %}
          {%- for key in strategy.unique_key %}
            snapshotted_data.{{ key }} as dbt_unique_key_{{ loop.index }},
          {%- endfor %}
        {%- else %}
            snapshotted_data.dbt_unique_key as dbt_unique_key,
        {%- endif %}
            {{ now }} as {{ columns.dbt_valid_from }},
            {{ now }} as {{ columns.dbt_updated_at }},
            snapshotted_data.{{ columns.dbt_valid_to }} as {{ columns.dbt_valid_to }},
            {{ deletion_id }} as {{ columns.dbt_scd_id }},
            'True' as {{ columns.dbt_is_deleted }}
        from snapshotted_data
        left join deletes_source_data as source_data
            on {{ same_key }}
        where {{ gone }}
            {{- tsdbt__snapshot_not_marked_yet(columns, marked, open_end) }}
    )
    {%- endif %}

    select * from insertions
    union all
    select * from updates
    {%- if with_deletes %}
    union all
    select * from deletes
    {%- endif %}
    {%- if with_records %}
    union all
    select * from deletion_records
    {%- endif %}
{%- endmacro %}

{# Our own: the version that says "deleted" is current already, nothing is to be done twice. #}
{% macro tsdbt__snapshot_not_marked_yet(columns, marked, open_end) %}
            and not (
                {{ marked }} = 'True'
                and snapshotted_data.{{ columns.dbt_valid_to }} {{ '= ' ~ open_end if open_end else 'is null' }}
            )
{% endmacro %}


{# The first run: every row is the first version of itself. #}
{% macro build_snapshot_table(strategy, sql) -%}
  {{ adapter.dispatch('build_snapshot_table', 'dbt')(strategy, sql) }}
{% endmacro %}

{% macro default__build_snapshot_table(strategy, sql) %}
  {%- set names = tsdbt__snapshot_columns() -%}
  {%- set added = [] -%}
  {%- for name, value in [('dbt_scd_id', strategy.scd_id), ('dbt_updated_at', strategy.updated_at), ('dbt_valid_from', strategy.updated_at)] -%}
    {%- do added.append(value ~ ' as ' ~ names[name]) -%}
  {%- endfor -%}
  {%- do added.append(get_dbt_valid_to_current(strategy, names) | trim) -%}
  {%- do added.append("'False' as " ~ names.dbt_is_deleted) if strategy.hard_deletes == 'new_record' %}
    select *,
        {{ added | join(',\n        ') }}
    from (
        {{ sql }}
    ) sbq
{% endmacro %}

{% macro build_snapshot_staging_table(strategy, sql, target_relation) %}
  {%- set staging = make_temp_relation(target_relation) -%}
  {%- set versions = snapshot_staging_table(strategy, sql, target_relation) -%}
  {%- call statement('build_snapshot_staging_relation') -%}
    {{ create_table_as(True, staging, versions) }}
  {%- endcall -%}
  {%- do return(staging) -%}
{% endmacro %}


{% macro snapshot_merge_sql(target, source, insert_cols) -%}
  {{ adapter.dispatch('snapshot_merge_sql', 'dbt')(target, source, insert_cols) }}
{%- endmacro %}

{% macro default__snapshot_merge_sql(target, source, insert_cols) -%}
  {%- set columns = tsdbt__snapshot_columns() -%}
  {%- set values = '(' ~ insert_cols | join(', ') ~ ')' -%}
    merge into {{ target.render() }} as DBT_INTERNAL_DEST
    using {{ source }} as DBT_INTERNAL_SOURCE
    on DBT_INTERNAL_SOURCE.{{ columns.dbt_scd_id }} = DBT_INTERNAL_DEST.{{ columns.dbt_scd_id }}

    when matched
        and {{ tsdbt__is_current('DBT_INTERNAL_DEST.' ~ columns.dbt_valid_to) }}
        and DBT_INTERNAL_SOURCE.dbt_change_type in ('update', 'delete')
    then update set {{ columns.dbt_valid_to }} = DBT_INTERNAL_SOURCE.{{ columns.dbt_valid_to }}

    when not matched and DBT_INTERNAL_SOURCE.dbt_change_type = 'insert'
    then insert {{ values }} values {{ values }}
{% endmacro %}

{# Our own: a version whose end is null, or the date that is configured to stand for no end. #}
{% macro tsdbt__is_current(valid_to) -%}
  {%- set open_end = config.get('dbt_valid_to_current') -%}
  {%- if open_end -%}
    ({{ equals(valid_to | trim, open_end | trim) }} or {{ valid_to | trim }} is null)
  {%- else -%}
    {{ valid_to }} is null
  {%- endif -%}
{%- endmacro %}
