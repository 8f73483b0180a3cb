{#
  DuckDB's MERGE. The simple configurations (merge_update_columns, merge_update_condition …) are turned into the same
  clauses that `merge_clauses` spells out, then written one by one.
#}

{% macro duckdb__get_incremental_merge_sql(args_dict) %}
  {%- do return(duckdb__get_merge_sql(
      args_dict['target_relation'], args_dict['temp_relation'], args_dict['unique_key'], args_dict['dest_columns'],
      normalize_incremental_predicates(args_dict.get('incremental_predicates')))) -%}
{% endmacro %}

{% macro duckdb__get_merge_sql(target, source, unique_key, dest_columns, incremental_predicates=none) -%}
  {%- do validate_merge_config(config, target) -%}
  {%- set header = config.get('sql_header', none) -%}
  {%- set update_columns = config.get('merge_update_columns') or [] -%}
  {%- set exclude_columns = config.get('merge_exclude_columns') or [] -%}
  {%- set set_expressions = config.get('merge_update_set_expressions') or {} -%}
  {%- set usual = merge_clause_defaults(
      config.get('merge_update_condition', none), config.get('merge_insert_condition', none),
      update_columns, exclude_columns, set_expressions) -%}
  {%- set usual_update = usual.when_matched_update_explicit if update_columns or exclude_columns or set_expressions else usual.when_matched_update_by_name -%}
  {%- set clauses = config.get('merge_clauses') or {} -%}
  {%- set returning = config.get('merge_returning_columns') or [] -%}
  {{ header if header is not none }}

    MERGE INTO {{ target }} AS DBT_INTERNAL_DEST
    USING {{ source }} AS DBT_INTERNAL_SOURCE
    {{ duckdb__merge_join_clause(unique_key, config.get('merge_on_using_columns') or [], normalize_incremental_predicates(incremental_predicates)) }}
    {%- for clause in clauses.get('when_matched', [usual_update]) %}
    WHEN MATCHED{{ tsdbt__duckdb_merge_clause_condition(clause) }} THEN {{ tsdbt__duckdb_merge_when_matched_action(clause, dest_columns) }}
    {%- endfor %}
    {%- for clause in clauses.get('when_not_matched', [usual.when_not_matched_insert_by_name]) %}
    WHEN NOT MATCHED{{ ' BY ' ~ clause.get('by') | upper if clause.get('by') }}{{ tsdbt__duckdb_merge_clause_condition(clause) }} THEN {{ tsdbt__duckdb_merge_when_not_matched_action(clause) }}
    {%- endfor %}
    {{ 'RETURNING ' ~ (returning if returning is string else returning | join(', ')) if returning }}
{%- endmacro %}

{# DuckDB takes USING or ON: with predicates the columns are compared by ON. #}
{% macro duckdb__merge_join_clause(unique_key, merge_on_using_columns, incremental_predicates) -%}
  {%- set filters = incremental_predicates or [] -%}
  {%- if merge_on_using_columns and not filters -%}
    USING ({{ merge_on_using_columns | join(', ') }})
  {%- else -%}
    {%- set conditions = [] -%}
    {%- set key = merge_on_using_columns or unique_key -%}
    {%- for key in ([key] if key is string or key is mapping or key is not sequence else key) if key -%}
      {%- do conditions.append('DBT_INTERNAL_SOURCE.' ~ key ~ ' = DBT_INTERNAL_DEST.' ~ key) -%}
    {%- else -%}
      {%- do conditions.append('FALSE') -%}
    {%- endfor -%}
    ON ({{ (conditions + filters) | join(') AND (') }})
  {%- endif -%}
{%- endmacro %}


{# Our own, the parts of a clause. #}

{% macro tsdbt__duckdb_merge_clause_condition(clause) -%}
  {%- set condition = clause.get('condition') -%}
  {%- if condition %} AND {{ condition if condition is string else '(' ~ condition | join(') AND (') ~ ')' }}{% endif -%}
{%- endmacro %}

{% macro tsdbt__duckdb_merge_when_matched_action(clause, dest_columns) -%}
  {%- set action = clause.get('action') -%}
  {%- set mode = clause.get('mode') -%}
  {%- if action != 'update' -%}
    {{ tsdbt__duckdb_merge_other_action(clause) }}
  {%- elif mode in ['by_name', 'by_position'] -%}
    UPDATE {{ mode | upper | replace('_', ' ') }}
  {%- elif mode == 'star' -%}
    UPDATE SET *
  {%- elif mode == 'explicit' -%}
    {%- set given = clause.get('update', {}) -%}
    {%- set expressions = given.get('set_expressions', {}) -%}
    {%- set changes = [] -%}
    {%- for column, expression in expressions.items() -%}
      {%- do changes.append(column ~ ' = ' ~ expression) -%}
    {%- endfor -%}
    {%- for column in get_merge_update_columns(given.get('include', []), given.get('exclude', []), dest_columns)
        if column.replace('"', '').replace("'", '') not in expressions -%}
      {%- do changes.append(column ~ ' = DBT_INTERNAL_SOURCE.' ~ column) -%}
    {%- endfor -%}
    UPDATE SET {{ changes | join(', ') }}
  {%- endif -%}
{%- endmacro %}

{% macro tsdbt__duckdb_merge_when_not_matched_action(clause) -%}
  {%- set action = clause.get('action') -%}
  {%- set mode = clause.get('mode') -%}
  {%- if action == 'update' -%}
    {%- set changes = [] -%}
    {%- for column, expression in clause.get('set_expressions', {}).items() -%}
      {%- do changes.append(column ~ ' = ' ~ expression) -%}
    {%- endfor -%}
    UPDATE SET {{ changes | join(', ') }}
  {%- elif action != 'insert' -%}
    {{ tsdbt__duckdb_merge_other_action(clause) }}
  {%- elif mode in ['by_name', 'by_position'] -%}
    INSERT {{ mode | upper | replace('_', ' ') }}
  {%- elif mode == 'star' -%}
    INSERT *
  {%- elif mode == 'explicit' -%}
    {%- set given = clause.get('insert', {}) -%}
    INSERT ({{ given.get('columns', []) | join(', ') }}) VALUES ({{ given.get('values', []) | join(', ') }})
  {%- endif -%}
{%- endmacro %}

{% macro tsdbt__duckdb_merge_other_action(clause) -%}
  {%- set action = clause.get('action') -%}
  {%- if action == 'delete' -%}
    DELETE
  {%- elif action == 'do_nothing' -%}
    DO NOTHING
  {%- elif action == 'error' -%}
    {%- set message = clause.get('error_message') or '' -%}
    ERROR{{ " '" ~ message | replace("'", "''") ~ "'" if message }}
  {%- endif -%}
{%- endmacro %}


{# The clauses that the simple configurations stand for. #}
{% macro merge_clause_defaults(merge_update_condition, merge_insert_condition, merge_update_columns=[], merge_exclude_columns=[], merge_update_set_expressions={}) -%}
  {%- set by_name = {'action': 'update', 'condition': merge_update_condition, 'mode': 'by_name'} -%}
  {%- do return({
      'when_matched_update_by_name': by_name,
      'when_not_matched_insert_by_name': {'action': 'insert', 'condition': merge_insert_condition, 'mode': 'by_name'},
      'when_matched_update_explicit': dict(by_name, mode='explicit', update={
          'include': merge_update_columns,
          'exclude': merge_exclude_columns,
          'set_expressions': merge_update_set_expressions
      })
  }) -%}
{%- endmacro %}
