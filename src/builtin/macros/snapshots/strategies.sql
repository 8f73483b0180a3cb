{#
  How a snapshot knows that a row has changed. A strategy `x` is the macro `snapshot_x_strategy`, of the project or of
  a package when the name has a dot; it returns a dictionary of SQL expressions.
#}

{% macro strategy_dispatch(name) -%}
  {%- set scope = context -%}
  {%- set package = none -%}
  {%- set short_name = name -%}
  {%- if '.' in name -%}
    {%- set package, short_name = name.split('.', 1) -%}
    {%- if package not in context -%}
      {%- do exceptions.raise_compiler_error("Could not find package '" ~ package ~ "', called with '" ~ name ~ "'") -%}
    {%- endif -%}
    {%- set scope = context[package] -%}
  {%- endif -%}
  {%- set wanted = 'snapshot_' ~ short_name ~ '_strategy' -%}
  {%- if wanted not in scope -%}
    {%- do exceptions.raise_compiler_error("The specified strategy macro '" ~ short_name ~ "' was not found in package '" ~ package ~ "'") -%}
  {%- endif -%}
  {%- do return(scope[wanted]) -%}
{%- endmacro %}


{% macro snapshot_hash_arguments(args) -%}
  {{ adapter.dispatch('snapshot_hash_arguments', 'dbt')(args) }}
{%- endmacro %}

{% macro default__snapshot_hash_arguments(args) -%}
    md5({%- for arg in args -%}
        coalesce(cast({{ arg }} as varchar ), ''){{ " || '|' || " if not loop.last }}
    {%- endfor -%})
{%- endmacro %}


{# A row has changed when its `updated_at` is later than the start of the version that is current. #}
{% macro snapshot_timestamp_strategy(node, snapshotted_rel, current_rel, model_config, target_exists) %}
  {%- set unique_key = config.get('unique_key') -%}
  {%- set updated_at = config.get('updated_at') -%}
  {%- set columns = tsdbt__snapshot_columns() -%}
  {%- set hard_deletes = adapter.get_hard_deletes_behavior(config) -%}
  {%- do return({
      'unique_key': unique_key,
      'updated_at': updated_at,
      'row_changed': '(' ~ snapshotted_rel ~ '.' ~ columns.dbt_valid_from ~ ' < ' ~ current_rel ~ '.' ~ updated_at ~ ')',
      'scd_id': snapshot_hash_arguments(api.Relation.scd_args(unique_key, updated_at)),
      'invalidate_hard_deletes': hard_deletes == 'invalidate',
      'hard_deletes': hard_deletes
  }) -%}
{% endmacro %}


{% macro snapshot_string_as_time(timestamp) -%}
  {{ adapter.dispatch('snapshot_string_as_time', 'dbt')(timestamp) }}
{%- endmacro %}

{% macro default__snapshot_string_as_time(timestamp) %}
  {%- do exceptions.raise_not_implemented('snapshot_string_as_time macro not implemented for adapter ' ~ adapter.type()) -%}
{% endmacro %}


{# (whether a compared column is new, the compared columns that the table has, quoted) #}
{% macro snapshot_check_all_get_existing_columns(node, target_exists, check_cols_config) -%}
  {%- if not target_exists -%}
    {%- do return((false, query_columns)) -%}
  {%- endif -%}
  {%- if check_cols_config != 'all' and not (check_cols_config is iterable and check_cols_config | length > 0) -%}
    {%- do exceptions.raise_compiler_error("Invalid value for 'check_cols': " ~ check_cols_config) -%}
  {%- endif -%}

  {# The engine knows the exact spelling. The query has lines of its own: it may end with a comment. #}
  {%- set probe -%}
    {{ node['compiled_code'] if check_cols_config == 'all'
        else 'select ' ~ check_cols_config | join(', ') ~ ' from (\n' ~ node['compiled_code'] ~ '\n) subq' }}
  {%- endset -%}
  {%- set compared = get_columns_in_query(probe) -%}
  {%- set table = adapter.get_relation(database=node.database, schema=node.schema, identifier=node.alias) -%}
  {%- set of_table = adapter.get_columns_in_relation(table) | map(attribute='name') | list -%}
  {%- set shared = compared | select('in', of_table) | list -%}
  {%- do return((shared | length < compared | length, tsdbt__quote_all(shared))) -%}
{%- endmacro %}


{# A row has changed when one of the compared columns has, nulls included, or when there is a new column to compare. #}
{% macro snapshot_check_strategy(node, snapshotted_rel, current_rel, model_config, target_exists) %}
  {%- set unique_key = config.get('unique_key') -%}
  {%- set updated_at = config.get('updated_at') or snapshot_get_time() -%}
  {%- set hard_deletes = adapter.get_hard_deletes_behavior(config) -%}
  {%- set column_added, compared = snapshot_check_all_get_existing_columns(node, target_exists, config.get('check_cols')) -%}

  {%- set row_changed -%}
    (
    {%- if column_added -%}
      {{ get_true_sql() }}
    {%- else -%}
      {%- for name in compared -%}
        {%- set old = snapshotted_rel ~ '.' ~ name -%}
        {%- set new = current_rel ~ '.' ~ name -%}
        {{ old }} != {{ new }}
        or
        (
            (({{ old }} is null) and not ({{ new }} is null))
            or
            ((not {{ old }} is null) and ({{ new }} is null))
        )
        {{- ' or ' if not loop.last }}
      {%- endfor -%}
    {%- endif -%}
    )
  {%- endset -%}

  {%- do return({
      'unique_key': unique_key,
      'updated_at': updated_at,
      'row_changed': row_changed,
      'scd_id': snapshot_hash_arguments(api.Relation.scd_args(unique_key, updated_at)),
      'invalidate_hard_deletes': hard_deletes == 'invalidate',
      'hard_deletes': hard_deletes
  }) -%}
{% endmacro %}
